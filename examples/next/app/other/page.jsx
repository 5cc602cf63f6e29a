import Link from 'next/link';

export default function OtherPage() {
  return (
    <>
      <h1>Other</h1>
      <Link href="/">Back</Link>
    </>
  );
}
