export { buildReport } from './build';
export { htmlPage } from './html';
export { jsonDocument } from './json';
export { COMMENT_LIMIT, markdown, marker } from './markdown';
export type { Report } from './model';
export { sarif } from './sarif';
