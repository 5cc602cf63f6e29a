// A server component, without 'use client'.
import Link from 'next/link';
import { JitsiMeeting } from 'jitsi-meeting-element/react';

export default function Page() {
  return (
    <main>
      <Link href="/other">Other</Link>
      <JitsiMeeting domain={process.env.NEXT_PUBLIC_DOMAIN} room="Next" tokenUrl={process.env.NEXT_PUBLIC_TOKEN_URL} />
    </main>
  );
}
