import { AccessLevel, type AccessLevelProps, AccessPolicy } from '../../../constructs/service-perimeter';
import { synthesize } from '../../support/template';

const level = (changes: Partial<AccessLevelProps>) =>
  synthesize(
    (stack) => new AccessLevel(stack, 'Level', { policy: AccessPolicy.fromNumber('884412097365'), name: 'office', ...changes }),
  ).resource('google_access_context_manager_access_level');

describe('an access level', () => {
  it('has conditions of every kind', () => {
    const template = level({
      title: 'Office',
      description: 'costs ${5}',
      combine: 'any',
      conditions: [
        {
          ipRanges: ['203.0.113.0/24', '2001:db8::/48'],
          regions: ['DE'],
          members: ['user:ada@acme.example'],
          levels: ['managed'],
          negate: true,
        },
        { networks: [{ network: 'projects/shop/global/networks/main', ranges: ['10.0.0.0/24'] }] },
        {
          device: {
            screenLock: true,
            companyOwned: true,
            adminApproved: true,
            managementLevels: ['basic', 'complete'],
            encryption: ['encrypted'],
            operatingSystems: [{ type: 'mac', minimumVersion: '14.1.0' }, { type: 'chrome-os' }],
          },
        },
      ],
    });
    expect(template).toEqual({
      name: 'accessPolicies/884412097365/accessLevels/office',
      parent: 'accessPolicies/884412097365',
      title: 'Office',
      description: 'costs $${5}',
      lifecycle: { create_before_destroy: true },
      basic: {
        combining_function: 'OR',
        conditions: [
          {
            ip_subnetworks: ['203.0.113.0/24', '2001:db8::/48'],
            regions: ['DE'],
            members: ['user:ada@acme.example'],
            required_access_levels: ['accessPolicies/884412097365/accessLevels/managed'],
            negate: true,
          },
          {
            vpc_network_sources: [
              {
                vpc_subnetwork: {
                  network: '//compute.googleapis.com/projects/shop/global/networks/main',
                  vpc_ip_subnetworks: ['10.0.0.0/24'],
                },
              },
            ],
          },
          {
            device_policy: {
              require_screen_lock: true,
              require_corp_owned: true,
              require_admin_approval: true,
              allowed_device_management_levels: ['BASIC', 'COMPLETE'],
              allowed_encryption_statuses: ['ENCRYPTED'],
              os_constraints: [{ os_type: 'DESKTOP_MAC', minimum_version: '14.1.0' }, { os_type: 'DESKTOP_CHROME_OS' }],
            },
          },
        ],
      },
    });
  });

  it('or an expression', () => {
    expect(level({ expression: 'device.is_corp_owned_device == true' })).toMatchObject({
      custom: { expr: { expression: 'device.is_corp_owned_device == true' } },
      title: 'office',
    });
  });

  it.each<[string, Partial<AccessLevelProps>, RegExp]>([
    ['neither', {}, /has `conditions` or an `expression`, and not both/],
    ['both', { conditions: [{ regions: ['DE'] }], expression: 'true' }, /and not both/],
    ['a condition of nothing', { conditions: [{}] }, /`conditions\[0\]` must look at something/],
    [
      'addresses and networks in one condition',
      { conditions: [{ ipRanges: ['203.0.113.0/24'], networks: [{ network: 'n' }] }] },
      /Google takes one of the two/,
    ],
    [
      'private addresses',
      { conditions: [{ ipRanges: ['10.0.0.0/8'] }] },
      /10\.0\.0\.0\/8 is private, and a request never carries a private address/,
    ],
    ['what is no country', { conditions: [{ regions: ['Germany'] }] }, /an ISO 3166 code/],
    ['groups, which conditions do not know', { conditions: [{ members: ['group:a@b.example'] }] }, /a user: or serviceAccount: member/],
    ['itself', { conditions: [{ levels: ['office'] }] }, /names the level itself/],
    ['a way to combine an expression', { expression: 'true', combine: 'any' }, /`combine` has no meaning/],
    ['dashes in its name', { name: 'head-office', conditions: [{ regions: ['DE'] }] }, /letters, digits and underscores/],
  ])('refuses %s', (_what, changes, message) => expect(() => level(changes)).toThrow(message));
});
