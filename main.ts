import { synthesizeEnvironments } from './app';

synthesizeEnvironments();
