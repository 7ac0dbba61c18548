import { readData } from '../engine/data';
import { failure, type Diagnostic } from '../engine/diagnostics';
import { ephemeralProblems, openEphemeral } from '../engine/ephemeral';
import { importObject } from '../engine/import';
import { plan } from '../engine/plan';
import { Service } from '../engine/service';
import { settingsOf, type Settings } from '../engine/settings';
import { upgraded } from '../engine/upgrade';
import { validate } from '../engine/validate';
import { isObject, type ObjectValue } from '../engine/values';
import { type Kind, type TypeFacts } from '../schema/types';
import { decodeValue, encodeValue, type DynamicValue } from './codec';
import { apply } from './apply';
import { diagnosticMessages, pathMessage, type Requests } from './messages';
import { meetFault } from './trouble';
import { schemaMessage, schemaMessages } from './schema';
import { type ProviderFacts, type World } from './world';

const objectOf = (message: DynamicValue | null | undefined): ObjectValue => {
  const value = decodeValue(message);
  return isObject(value) ? value : {};
};
const objectOrNull = (message: DynamicValue | null | undefined): ObjectValue | null => {
  const value = decodeValue(message);
  return isObject(value) ? value : null;
};
const only = (diagnostics: readonly Diagnostic[]) => ({ diagnostics: diagnosticMessages(diagnostics) });

const CAPABILITIES = { plan_destroy: false, get_provider_schema_optional: true, move_resource_state: true };

/**
 * One provider on one connection. An engine opens a connection for each provider configuration (each alias, each process), so what was
 * configured is the connection's own.
 */
export class Connection {
  private settings: Settings = settingsOf(null);
  private readonly stop = new AbortController();

  constructor(
    private readonly provider: ProviderFacts,
    private readonly world: World,
  ) {}

  /** Lets go of every call that hangs. */
  end(): void {
    this.stop.abort();
  }

  /** The calls of the protocol, by name. */
  readonly calls = {
    GetMetadata: () => {
      const named = (kind: Kind) =>
        [...this.provider.types.values()].filter((facts) => facts.kind === kind).map(({ type }) => ({ type_name: type }));
      return {
        server_capabilities: CAPABILITIES,
        resources: named('resource'),
        data_sources: named('data'),
        ephemeral_resources: named('ephemeral'),
      };
    },

    GetSchema: () => {
      const of = (kind: Kind) => schemaMessages([...this.provider.types.values()].filter((facts) => facts.kind === kind));
      return {
        provider: schemaMessage(this.provider.config),
        resource_schemas: of('resource'),
        data_source_schemas: of('data'),
        ephemeral_resource_schemas: of('ephemeral'),
        server_capabilities: CAPABILITIES,
      };
    },

    PrepareProviderConfig: ({ config }: Requests['PrepareConfig']) => ({
      prepared_config: config,
      ...only(validate(this.provider.config, [], objectOf(config))),
    }),

    Configure: ({ config }: Requests['ConfigureRequest']) => {
      this.settings = settingsOf(decodeValue(config));
      return only([]);
    },

    ValidateResourceTypeConfig: (request: Requests['TypeConfig']) => this.validate('resource', request),
    ValidateDataSourceConfig: (request: Requests['TypeConfig']) => this.validate('data', request),
    ValidateEphemeralResourceConfig: (request: Requests['TypeConfig']) => this.validate('ephemeral', request),

    /** The bytes go back as they came, unless they are of another version of the bindings. */
    UpgradeResourceState: ({ type_name, raw_state }: Requests['UpgradeState']) => {
      const facts = this.facts('resource', type_name);
      const state = upgraded(facts.block, objectOf({ json: raw_state.json }));
      return { upgraded_state: state === undefined ? { json: raw_state.json } : encodeValue(state) };
    },

    ReadResource: async (request: Requests['Read']) => {
      const facts = this.facts('resource', request.type_name);
      const prior = objectOf(request.current_state);
      const trouble = await this.trouble(facts, 'read', String(prior.id ?? ''));
      if (trouble.length > 0) return only(trouble);
      return { new_state: encodeValue(this.service(facts).read(prior)), private: request.private };
    },

    PlanResourceChange: (request: Requests['Plan']) => {
      const facts = this.facts('resource', request.type_name);
      const prior = objectOrNull(request.prior_state);
      // Nothing is planned for a destroy.
      if (decodeValue(request.proposed_new_state) === null) {
        return { planned_state: request.proposed_new_state, planned_private: request.prior_private };
      }
      const config = objectOf(request.config);
      const result = plan({ facts, config, prior, settings: this.settings, habits: this.world.legacyTypeSystem });
      return {
        planned_state: encodeValue(result.planned),
        requires_replace: result.requiresReplace.map(pathMessage),
        planned_private: request.prior_private,
        legacy_type_system: this.world.legacyTypeSystem,
        ...only(result.diagnostics),
      };
    },

    ApplyResourceChange: async (request: Requests['Apply']) => {
      const facts = this.facts('resource', request.type_name);
      const { state, diagnostics } = await apply(
        {
          facts,
          prior: objectOrNull(request.prior_state),
          planned: objectOrNull(request.planned_state),
          config: objectOf(request.config),
        },
        this.service(facts),
        this.world,
        this.stop.signal,
      );
      return {
        new_state: encodeValue(state),
        private: request.planned_private,
        legacy_type_system: this.world.legacyTypeSystem,
        ...only(diagnostics),
      };
    },

    ImportResourceState: ({ type_name, id }: Requests['Import']) => {
      const { state, diagnostics } = importObject(this.facts('resource', type_name), id, this.settings, this.world.store);
      return { imported_resources: state === null ? [] : [{ type_name, state: encodeValue(state) }], ...only(diagnostics) };
    },

    MoveResourceState: ({ source_type_name, target_type_name }: Requests['Move']) =>
      only([
        failure(
          'The type of a moved object cannot change',
          `${source_type_name} cannot become ${target_type_name}: the provider moves objects within one type only. Use removed and import blocks.`,
        ),
      ]),

    ReadDataSource: ({ type_name, config }: Requests['TypeConfig']) => {
      const { state, diagnostics } = readData(
        this.facts('data', type_name),
        objectOf(config),
        this.settings,
        this.world.store,
        this.world.now,
      );
      return { ...(state !== null && { state: encodeValue(state) }), ...only(diagnostics) };
    },

    OpenEphemeralResource: ({ type_name, config }: Requests['TypeConfig']) => {
      const facts = this.facts('ephemeral', type_name);
      return { result: encodeValue(openEphemeral(facts, objectOf(config), this.settings, this.world.ledger, this.world.now)) };
    },
    RenewEphemeralResource: () => only([]),
    CloseEphemeralResource: () => only([]),

    GetFunctions: () => only([]),

    Stop: () => {
      this.end();
      return {};
    },
  };

  private validate(kind: Kind, { type_name, config }: Requests['TypeConfig']) {
    const facts = this.facts(kind, type_name);
    const value = objectOf(config);
    return only([...validate(facts.block, facts.relations, value), ...(kind === 'ephemeral' ? ephemeralProblems(facts, value) : [])]);
  }

  private facts(kind: Kind, type: string): TypeFacts {
    const facts = this.provider.types.get(`${kind} ${type}`);
    if (facts === undefined) throw new Error(`${kind} ${type} was asked for, but is not served`);
    return facts;
  }

  private service(facts: TypeFacts): Service {
    return new Service(facts, this.settings, this.world.store, this.world.now, this.world.legacyTypeSystem);
  }

  private async trouble(facts: TypeFacts, operation: 'read', id: string): Promise<readonly Diagnostic[]> {
    return (await meetFault({ provider: facts.provider, type: facts.type, operation, id }, this.world, this.stop.signal)).before;
  }
}
