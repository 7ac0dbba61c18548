import { App } from 'cdktf';
import { NetworkStack } from './network';
import { SearchStack } from './search';

const app = new App();
for (const landscape of ['test', 'prod'] as const) new SearchStack(app, landscape, new NetworkStack(app, landscape));
app.synth();
