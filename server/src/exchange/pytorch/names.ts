/** Words that Python keeps for itself (3.13), with the soft ones that are no trouble left out. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** What a `torch.nn.ModuleDict` has already, so that no module in it can go by that name (PyTorch 1.13 to 2.9). */
const MODULE_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'T_destination add_module apply bfloat16 buffers call_super_init children clear compile cpu cuda double dump_patches ' +
    'eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu items keys ' +
    'load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters pop ' +
    'register_backward_hook register_buffer register_forward_hook register_forward_pre_hook ' +
    'register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook ' +
    'register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook ' +
    'register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train ' +
    'training type update values xpu zero_grad'
  ).split(' '),
);

/** What may stand in a name of Python, which is older than the newest letters: those are left out. */
const WORD = /[\p{XID_Continue}]+/gu;
const BEYOND = /[\u{10000}-\u{10FFFF}]/gu;

/** Python compares names in this form, so that what looks like two names may be one. */
const words = (name: string): string[] =>
  (name.normalize('NFKC').replaceAll(BEYOND, '').match(WORD) ?? []).flatMap((word) => word.split('_').filter(Boolean));

/** `mae-det_s` → `MaeDetS`: the name of a class, none of those that are taken. */
export function className(name: string, taken: ReadonlySet<string>): string {
  const joined = words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const plain = /^\p{XID_Start}/u.test(joined) ? joined : `Net${joined}`;
  return KEYWORDS.has(plain) || taken.has(plain) ? `${plain}Backbone` : plain;
}

/** The name of a variable, none of those that are taken, which it is then among. */
export function variableName(name: string, taken: Set<string>): string {
  const joined = words(name).join('_');
  const plain = /^\p{XID_Start}/u.test(joined) ? joined : `n_${joined}`;
  return unique(KEYWORDS.has(plain) ? `${plain}_` : plain, taken);
}

/** The name of a module in a `ModuleDict`, and so in `state_dict`. */
export const moduleKey = (name: string, taken: Set<string>): string =>
  unique(MODULE_ATTRIBUTES.has(name) || name.startsWith('_') ? `node_${name}` : name, taken);

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

/** A string in single quotes. Names of the language are letters, digits, `_` and `-`. */
export const quoted = (text: string): string =>
  `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll(/[\r\n]+/g, ' ')}'`;

/** A tuple, with the comma that one of a single element needs. */
export const tuple = (items: readonly (string | number)[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;

/** `maedet_s_backbone`: a file that Python imports, in plain letters, none that is there already. */
export function fileName(name: string, what: string, taken: string): string {
  const plain =
    name
      .normalize('NFKD')
      .match(/[A-Za-z0-9]+/g)
      ?.join('_') ?? '';
  const full = /^[A-Za-z]/.test(plain) ? `${plain}_${what}` : [what, plain].filter((part) => part !== '').join('_');
  return `${full}.py`.toLowerCase() === taken.toLowerCase() ? `${full}_module` : full;
}
