import {
  ADMINISTRATION_PREFIXES,
  API_FAMILIES,
  furtherPathProblem,
  openPaths,
  opens,
} from '../../../../constructs/gateway/front-door/api-paths';
import { pathRules } from '../../../../constructs/gateway/front-door/routes';

const ALL = openPaths(API_FAMILIES);

describe('the paths of the API', () => {
  it('open nothing of administration but whether the process lives', () => {
    const inside = ADMINISTRATION_PREFIXES.flatMap((prefix) => [prefix, `${prefix}/`, `${prefix}/x`]);
    expect(inside.filter((path) => opens(ALL, path))).toEqual([]);
    expect(ALL.filter((path) => ADMINISTRATION_PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))).toEqual([
      '/health/liveliness',
      '/health/liveness',
    ]);
  });

  // Some routes of LiteLLM 1.106 that only a master key, or nobody at all, has to ask for.
  it.each([
    '/key/generate',
    '/key/sk-1/regenerate',
    '/user/new',
    '/team/new',
    '/model/new',
    '/v1/model/info',
    '/v2/model/info',
    '/config/yaml',
    '/config/update',
    '/v1/mcp/server',
    '/v1/agents',
    '/global/spend/reset',
    '/spend/logs',
    '/health',
    '/health/readiness',
    '/sso/get/ui_settings',
    '/public/model_hub',
    '/test',
    '/',
    '/models',
  ])('with the gateway for Gemini alone, %s stays closed', (path) => expect(opens(openPaths(['gemini']), path)).toBe(false));

  it.each(['/v1beta/models/gemini-3.8-flash:streamGenerateContent', '/models/gemini-3.8-flash:countTokens'])('%s is Gemini', (path) =>
    expect(opens(openPaths(['gemini']), path)).toBe(true),
  );

  // A wildcard ends at a slash, and a path in code (%2F) or in capitals is another one.
  it.each([
    '/v1/chat/completions/x',
    '/V1/chat/completions',
    '/v1/chat%2Fcompletions',
    '/v1/chat/completions/',
    '/v1betamodels/x',
    '/modelsx',
  ])('%s is none of them', (path) => expect(opens(ALL, path)).toBe(false));

  it.each([
    ['/key/info', undefined],
    ['/mcp/*', undefined],
    ['/rag/query', undefined],
    ['/key/list', /\/key is administration/],
    ['/v1/*', /\/v1\/agents is administration/],
    ['/health/*', /\/health is administration/],
    ['*', /a path/],
    ['/a b', /a path/],
    ['/a?b', /a path/],
    ['/a/../key', /a path|administration/],
  ] as const)('besides, %s is answered with %s', (path, problem) => {
    if (problem === undefined) expect(furtherPathProblem(path)).toBeUndefined();
    else expect(furtherPathProblem(path)).toMatch(problem);
  });

  it('are ten a rule at most, each once', () => {
    const rules = pathRules(ALL, 'api');
    expect(rules.flatMap(({ paths }) => paths)).toEqual(ALL);
    expect(new Set(ALL).size).toBe(ALL.length);
    for (const { paths } of rules) expect(paths.length).toBeLessThanOrEqual(10);
  });
});
