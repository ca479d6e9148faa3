import type { ExportFormat } from '../export-format.ts';
import { type Framework, type MainParts, member, moduleText } from '../pytorch/module.ts';
import { indent, lines } from '../pytorch/python.ts';

export const PYTORCH: ExportFormat = {
  name: 'pytorch',
  title: 'PyTorch module',
  doc: 'One readable Python file with no dependency but torch: a class for each kind of block, and the backbone.',
  extension: '.py',
  takes: 'backbone',
  hasWeights: false,
  export: ({ backbone }) => {
    const module = moduleText(backbone, PLAIN);
    return module.ok ? { ok: true, content: module.text } : module;
  },
};

const INIT = lines(
  '"""Kaiming normal (fan-out) for convolutions; BatchNorm scales by one and shifts by nothing."""',
  'for module in self.modules():',
  indent(
    lines(
      'if isinstance(module, nn.Conv2d):',
      indent(
        lines(
          "nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')",
          'if module.bias is not None:',
          indent('nn.init.zeros_(module.bias)'),
        ),
      ),
      'elif isinstance(module, nn.BatchNorm2d):',
      indent(lines('nn.init.ones_(module.weight)', 'nn.init.zeros_(module.bias)')),
    ),
  ),
);

const mainClass = ({ name, doc, facts, build, run }: MainParts): string =>
  lines(
    `class ${name}(nn.Module):`,
    indent(doc),
    '',
    indent(facts),
    '',
    member('def __init__(self):', lines('super().__init__()', build, 'self.init_weights()')),
    '',
    member('def init_weights(self):', INIT),
    '',
    member('def forward(self, x):', lines(run, 'return tuple(features)')),
  );

const end = ({ name, backbone: { input } }: MainParts): string =>
  lines(
    "if __name__ == '__main__':",
    indent(
      lines(
        `model = ${name}().eval()`,
        'with torch.no_grad():',
        indent(`features = model(torch.zeros(${[1, input.channels, input.height, input.width].join(', ')}))`),
        'for name, feature in zip(model.names, features):',
        indent("print(f'{name}: {tuple(feature.shape[1:])}')"),
        "print(f'{sum(p.numel() for p in model.parameters()):,} parameters')",
      ),
    ),
  );

const PLAIN: Framework = { imports: [], format: 'pytorch', taken: [], mainClass, end };
