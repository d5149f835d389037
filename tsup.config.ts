import { defineConfig } from 'tsup';

/** One output file for each source file: a bundle per node would give each its own limiter and its own error classes. */
export default defineConfig({
    entry: ['nodes/**/*.ts', 'src/**/*.ts'],
    bundle: false,
    format: 'cjs',
    target: 'node20',
    clean: true,
    splitting: false,
    sourcemap: false,
    silent: true,
    onSuccess: 'node scripts/pack.mjs',
});
