import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MeetingPage } from './meeting-page.jsx';

function App() {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const look = () => setPath(location.pathname);
    addEventListener('popstate', look);
    return () => removeEventListener('popstate', look);
  }, []);
  const go = (event) => {
    event.preventDefault();
    history.pushState(null, '', event.currentTarget.href);
    setPath(location.pathname);
  };
  return path === '/other' ? (
    <>
      <h1>Other</h1>
      <a href="/" onClick={go}>
        Back
      </a>
    </>
  ) : (
    <>
      <h1>Meeting</h1>
      <MeetingPage />
      <a href="/other" onClick={go}>
        Other page
      </a>
    </>
  );
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
