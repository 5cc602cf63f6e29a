import Link from 'next/link';
import { MeetingPage } from './meeting-page.jsx';

export default function Page() {
  return (
    <>
      <h1>Meeting</h1>
      <MeetingPage />
      <Link href="/other">Other page</Link>
    </>
  );
}
