import { stringify } from 'yaml';
import type { LiteLlmConfig } from './litellm-config';

const HEAD = "# LiteLLM's configuration, written from the environment file. A change here is lost with the next deploy.\n";

/** The same text for the same data: no anchors, no line breaks by width, keys in the order in which they are built. */
export const renderConfig = (config: LiteLlmConfig): string => HEAD + stringify(config, { aliasDuplicateObjects: false, lineWidth: 0 });
