import Link from 'next/link';

export default function Other() {
  return (
    <main>
      <h1>Other</h1>
      <Link href="/">Back</Link>
    </main>
  );
}
