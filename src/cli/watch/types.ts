// What is seen of a page in a browser, and what the report says of it.

/** The tag as the page's own code would read it. Everything comes from the page, and is no more than text. */
export interface TagFacts {
  /** `null` where nothing has defined the element. */
  state: string | null;
  loading: string;
  error: { code: string; message: string; hint: string } | null;
}

/** What a feature of the browser may not be used in the frame for: the header of a page, or the attribute of a frame. */
export interface BlockedFeature {
  feature: string;
  by: 'header' | 'attribute';
  /** Whose header: the page that is watched, or the meeting's own. */
  of: 'page' | 'frame';
}

export interface FrameFacts {
  /** Without query and fragment. */
  address: string;
  /** What is blocked, of the features that a meeting uses. */
  blocked: BlockedFeature[];
  /** `apart`: the frame has a storage of its own in this page. */
  storage: 'works' | 'apart' | 'refused';
  /** Whether it belongs to another site than the page. */
  isThirdParty: boolean;
}

/** Something that the browser refused: as the protocol’s domain Audits tells it, or put in the same form. */
export interface BrowserIssue {
  code: string;
  details: Record<string, unknown>;
}

export interface ConsoleError {
  where: 'page' | 'frame';
  text: string;
}

/** All that was seen. */
export interface Observations {
  /** As it was asked for, and where it led to. */
  asked: string;
  address: string;
  status: number;
  /** Chromium's word for a page that can't be had, such as `net::ERR_CONNECTION_REFUSED`. */
  unreachable: string | null;
  /** `null` where the page has no tag. */
  tag: TagFacts | null;
  /** Milliseconds from the page's first byte to joined. */
  joinedAfter: number | null;
  /** Whether the doctor had to do what a person does. */
  pressed: ('start' | 'prejoin')[];
  frame: FrameFacts | null;
  issues: BrowserIssue[];
  console: ConsoleError[];
}

export type PageProblemCode =
  | 'browser-missing'
  | 'page-unreachable'
  | 'certificate'
  | 'page-status'
  | 'tag-missing'
  | 'tag-undefined'
  | 'sign-in-needed'
  | 'join-failed'
  | 'waits-for-a-person'
  | 'no-outcome'
  | 'framing-forbidden'
  | 'csp-blocked'
  | 'csp-report'
  | 'mixed-content'
  | 'permission-blocked'
  | 'cors-refused'
  | 'response-blocked'
  | 'cookie-refused'
  | 'storage-refused'
  | 'console-error';

export interface PageProblem {
  code: PageProblemCode;
  /** An `error` keeps people out, or their camera and microphone; a `warning` is worth a look. */
  severity: 'error' | 'warning';
  message: string;
  /** What to change, and where. */
  fix: string;
}

/** What `doctor --watch` found. Holds no token, no query and no fragment of an address. */
export interface PageReport {
  address: string;
  /** One line each: what was looked at, and what was found. */
  seen: { what: string; found: string }[];
  problems: PageProblem[];
  /** `unknown`: there was no browser or no page, or the app waits for a person. */
  joins: 'yes' | 'no' | 'unknown';
  sentence: string;
}
