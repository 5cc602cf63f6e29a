import { Show, createSignal, onCleanup } from 'solid-js';
import { render } from 'solid-js/web';
import { MeetingPage } from './meeting-page.jsx';

function App() {
  const [path, setPath] = createSignal(location.pathname);
  const look = () => setPath(location.pathname);
  addEventListener('popstate', look);
  onCleanup(() => removeEventListener('popstate', look));
  const go = (event) => {
    event.preventDefault();
    history.pushState(null, '', event.currentTarget.href);
    look();
  };
  return (
    <Show
      when={path() === '/other'}
      fallback={
        <>
          <h1>Meeting</h1>
          <MeetingPage />
          <a href="/other" onClick={go}>
            Other page
          </a>
        </>
      }
    >
      <h1>Other</h1>
      <a href="/" onClick={go}>
        Back
      </a>
    </Show>
  );
}

render(() => <App />, document.getElementById('root'));
