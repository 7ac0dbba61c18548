import { describeFault, FaultSpecError, parseFaults, type ServiceCall } from '../../rehearsal/faults';

const call = (operation: ServiceCall['operation'], type = 'lab_box'): ServiceCall => ({ provider: 'lab', type, operation, id: 'x' });

function messageOf(spec: string, types?: string[]): string {
  try {
    parseFaults(spec, types);
  } catch (error) {
    if (error instanceof FaultSpecError) return error.message;
    throw error;
  }
  return '';
}

describe('the spec of faults', () => {
  it.each([
    ['lab_box=409', 'lab_box@1=409'],
    ['lab_box.create=kill', 'lab_box.create@1=kill'],
    [' lab_box.read@12=hang , lab_box=lost', 'lab_box.read@12=hang, lab_box@1=lost'],
  ])('%s', (spec, meaning) => {
    expect(parseFaults(spec).unmet.map(describeFault).join(', ')).toBe(meaning);
  });

  it.each([
    ['', "fault '': expected TYPE[.OPERATION][@N]=FAULT, e.g. google_sql_user.create@2=503"],
    ['a=b=c', "fault 'a=b=c': 'a' is not a resource type, e.g. google_sql_user"],
    ['lab_box', "fault 'lab_box': the fault is missing: add =409, =429, =503, =lost, =broken, =hang, =kill"],
    ['lab_box=500', "fault 'lab_box=500': fault '500' is not one of 409, 429, 503, lost, broken, hang, kill"],
    ['lab_box.make=409', "fault 'lab_box.make=409': operation 'make' is not one of create, update, delete, read"],
    ['lab_box@0=409', "fault 'lab_box@0=409': '@0' is not a call number: a whole number from 1, e.g. @2"],
    ['lab_box.read=kill', "a read changes nothing, so 'kill' has no meaning there; use 429, 503 or hang"],
  ])('%j is answered', (spec, message) => {
    expect(messageOf(spec)).toContain(message);
  });

  it('tells everything that is wrong at once', () => {
    expect(messageOf('box.make@x=1,lab_box=503,lab_pox=kill', ['lab_box', 'lab_draft']).split('\n')).toEqual([
      "fault 'box.make@x=1': 'box' is not a resource type, e.g. google_sql_user",
      "fault 'box.make@x=1': operation 'make' is not one of create, update, delete, read",
      "fault 'box.make@x=1': '@x' is not a call number: a whole number from 1, e.g. @2",
      "fault 'box.make@x=1': fault '1' is not one of 409, 429, 503, lost, broken, hang, kill",
      "fault 'lab_pox=kill': no stack has a lab_pox; there are: lab_box, lab_draft",
    ]);
  });
});

describe('a plan of faults', () => {
  it('meets the Nth call of a type and operation, once', () => {
    const plan = parseFaults('lab_box.update@2=503');
    const calls = [call('create'), call('update'), call('update', 'lab_draft'), call('update'), call('update')];
    expect(calls.map((one) => plan.take(one)?.kind)).toEqual([undefined, undefined, undefined, '503', undefined]);
    expect(plan.met.map(describeFault)).toEqual(['lab_box.update@2=503']);
    expect(plan.unmet).toEqual([]);
  });

  it('counts all changes, but no reads, where no operation is named', () => {
    const plan = parseFaults('lab_box@3=409');
    expect([call('create'), call('read'), call('update'), call('read'), call('delete')].map((one) => plan.take(one)?.kind)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      '409',
    ]);
  });

  it('lets one call meet one fault only', () => {
    const plan = parseFaults('lab_box=409,lab_box=503');
    expect([plan.take(call('create'))?.kind, plan.take(call('create'))?.kind]).toEqual(['409', '503']);
  });
});
