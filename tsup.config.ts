import { defineConfig } from 'tsup';

/**
 * One output file for each source file: a bundle per node would give each its own limiter and its own error classes.
 * scripts/parts.mjs puts them into a few files, each module once.
 */
export default defineConfig({
    entry: ['nodes/**/*.ts', 'src/**/*.ts'],
    bundle: false,
    // Turned into CommonJS by scripts/commonjs.mjs.
    format: 'esm',
    outExtension: () => ({ js: '.js' }),
    target: 'node20',
    clean: true,
    splitting: false,
    sourcemap: false,
    silent: true,
    esbuildOptions: (options) => {
        options.charset = 'utf8';
    },
    onSuccess: 'node scripts/pack.mjs',
});
