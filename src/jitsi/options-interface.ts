/**
 * The keys of `interface_config.js` that the app takes from an embedding page (`interfaceConfigWhitelist.ts`), with the
 * types of its use. Many are ignored by newer releases in favour of `configOverwrite`.
 */
export interface InterfaceConfig {
  AUDIO_LEVEL_PRIMARY_COLOR?: string;
  AUDIO_LEVEL_SECONDARY_COLOR?: string;
  /** Show a new shared screen in the big picture; `remote-only`: only those of others. */
  AUTO_PIN_LATEST_SCREEN_SHARE?: boolean | 'remote-only';
  CLOSE_PAGE_GUEST_HINT?: boolean;
  CONNECTION_INDICATOR_AUTO_HIDE_ENABLED?: boolean;
  /** Milliseconds. */
  CONNECTION_INDICATOR_AUTO_HIDE_TIMEOUT?: number;
  CONNECTION_INDICATOR_DISABLED?: boolean;
  DEFAULT_BACKGROUND?: string;
  DEFAULT_LOCAL_DISPLAY_NAME?: string;
  DEFAULT_REMOTE_DISPLAY_NAME?: string;
  DISABLE_DOMINANT_SPEAKER_INDICATOR?: boolean;
  DISABLE_FOCUS_INDICATOR?: boolean;
  DISABLE_JOIN_LEAVE_NOTIFICATIONS?: boolean;
  DISABLE_PRESENCE_STATUS?: boolean;
  DISABLE_PRIVATE_MESSAGES?: boolean;
  DISABLE_TRANSCRIPTION_SUBTITLES?: boolean;
  DISABLE_VIDEO_BACKGROUND?: boolean;
  DISPLAY_WELCOME_PAGE_CONTENT?: boolean;
  ENABLE_DIAL_OUT?: boolean;
  /** Pixels. */
  FILM_STRIP_MAX_HEIGHT?: number;
  GENERATE_ROOMNAMES_ON_WELCOME_PAGE?: boolean;
  INDICATOR_FONT_SIZES?: { NORMAL?: number };
  /** Milliseconds. */
  INITIAL_TOOLBAR_TIMEOUT?: number;
  LANG_DETECTION?: boolean;
  LOCAL_THUMBNAIL_RATIO?: number;
  MAXIMUM_ZOOMING_COEFFICIENT?: number;
  NATIVE_APP_NAME?: string;
  OPTIMAL_BROWSERS?: string[];
  /** A regular expression, as text. */
  PHONE_NUMBER_REGEX?: string;
  PROVIDER_NAME?: string;
  RECENT_LIST_ENABLED?: boolean;
  REMOTE_THUMBNAIL_RATIO?: number;
  SETTINGS_SECTIONS?: string[];
  SHARING_FEATURES?: string[];
  SHOW_CHROME_EXTENSION_BANNER?: boolean;
  SHOW_POWERED_BY?: boolean;
  TILE_VIEW_MAX_COLUMNS?: number;
  TOOLBAR_ALWAYS_VISIBLE?: boolean;
  /** @deprecated Use `configOverwrite.toolbarButtons`. */
  TOOLBAR_BUTTONS?: string[];
  /** Milliseconds. */
  TOOLBAR_TIMEOUT?: number;
  UNSUPPORTED_BROWSERS?: string[];
  VERTICAL_FILMSTRIP?: boolean;
  VIDEO_LAYOUT_FIT?: 'both' | 'height' | 'nocrop' | 'width';
  VIDEO_QUALITY_LABEL_DISABLED?: boolean;
}
