// Jest tells its workers to force colours when it runs in a terminal or in CI. What a test starts is not a terminal, and must be plain.
delete process.env.FORCE_COLOR;
