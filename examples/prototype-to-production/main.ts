import { synthesizeEnvironments } from 'cdktf-vertex-gateway';

synthesizeEnvironments();
