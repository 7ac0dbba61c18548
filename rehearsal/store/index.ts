export {
  MemoryStore,
  type Json,
  type ObjectKey,
  type ParentReference,
  type Store,
  type StoreChange,
  type StoredObject,
  type StoreSnapshot,
} from './store';
export { FileStore } from './file';
