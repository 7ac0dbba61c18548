export { noDisplay, plainDisplay, terminalDisplay, type Display } from './run/display';
export { ENGINES, type EngineName } from './run/engine';
export { RehearsalError } from './run/exit-codes';
export { preview, type Preview, type PreviewOptions } from './run/preview';
export { rehearse, type RehearseOptions } from './run/rehearse';
export { type Report } from './run/report';
