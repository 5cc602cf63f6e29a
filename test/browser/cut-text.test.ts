import { expect } from '@open-wc/testing';
import { languages, loadLanguage } from '../../src/locale/index.js';
import { gallery } from '../support/gallery.js';
