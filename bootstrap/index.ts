export { needsOf, type Needs } from './needs';
export { firstDeploy, takeAway, type Choices } from './script';
