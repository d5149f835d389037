export const goals: {
    readonly unpacked: number;
    readonly html: number;
    readonly start: number;
    readonly memory: number;
};
export function packed(): { readonly unpacked: number; readonly files: number };
export function html(language: string): { readonly nodes: number; readonly plugins: number };
