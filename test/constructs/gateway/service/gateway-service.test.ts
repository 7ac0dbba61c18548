import { LAUNCHER } from '../../../../constructs/gateway/service/carried-files';
import { stable } from '../../../support/snapshot';
import { Template } from '../../../support/template';
import { gatewayService } from './service-fixture';

const build = (...given: Parameters<typeof gatewayService>): Template => new Template(gatewayService(...given).stack);

/** Without the launcher, which has tests of its own. */
const snapshot = (template: Template): unknown =>
  JSON.parse(JSON.stringify(stable(template)).replaceAll(JSON.stringify(LAUNCHER), '"<launcher>"'));

describe('the gateway service', () => {
  it('stays as it is: the least', () => expect(snapshot(build())).toMatchSnapshot());
});
