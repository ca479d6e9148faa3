import * as l10n from '@vscode/l10n';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartModel, SeriesModel } from '../src/dashboard/charts.ts';
import { el, setAttributes, setText, table } from './dom.ts';
import { onThemeChange, themeColour } from './theme.ts';

const HEIGHT = 260;
const LEAST_WIDTH = 280;
const DASHES: Partial<Record<SeriesModel['shape'], number[]>> = { dashed: [8, 4], dotted: [2, 4] };

/** A chart with its legend and its table. The picture is drawn by uPlot; all that it says, the table says too. */
export class Chart {
  readonly element: HTMLElement;
  private readonly canvas = el('div', { class: 'canvas', role: 'img' });
  private readonly caption = el('figcaption');
  private readonly legend = el('ul', { class: 'legend' });
  private readonly twin = el('div', { class: 'twin' });
  private readonly details: HTMLDetailsElement;
  private plot: uPlot | undefined;
  private model: ChartModel | undefined;
  private drawn = '';

  constructor() {
    this.details = el('details', {}, el('summary', {}, l10n.t('Show as a table')), this.twin);
    this.details.addEventListener('toggle', () => this.fillTable());
    this.element = el('figure', { class: 'chart' }, this.caption, this.canvas, this.legend, this.details);
    new ResizeObserver(() => this.plot?.setSize(this.size)).observe(this.canvas);
    onThemeChange(() => this.draw(true));
  }

  update(model: ChartModel): void {
    this.model = model;
    setText(this.caption, model.title);
    setAttributes(this.canvas, { 'aria-label': `${model.title}. ${model.summary}` });
    this.draw(false);
    this.fillTable();
  }

  /** Builds the plot anew where its series changed; otherwise only its numbers. */
  private draw(anew: boolean): void {
    const { model } = this;
    if (model === undefined) return;
    const shape = JSON.stringify([model.title, model.series.map((s) => s.label)]);
    const data: uPlot.AlignedData = [[...model.xs], ...model.series.map((s) => [...s.values])];
    if (!anew && this.plot !== undefined && this.drawn === shape) {
      this.plot.setData(data);
      return;
    }
    this.plot?.destroy();
    this.drawn = shape;
    this.plot = new uPlot(this.options(model), data, this.canvas);
    this.legend.replaceChildren(
      ...model.series.map((s) => el('li', {}, el('span', { class: `swatch ${s.shape} ${s.colour}` }), s.label)),
    );
  }

  private options({ x, y, series, band }: ChartModel): uPlot.Options {
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const stroke = themeColour('foreground');
    const lines = { stroke: themeColour('charts-lines'), width: 0.5 };
    const axis = ({ label, format }: ChartModel['x']): uPlot.Axis => ({
      label,
      stroke,
      font,
      labelFont: font,
      grid: lines,
      ticks: lines,
      values: (_, splits) => splits.map(format),
    });
    return {
      ...this.size,
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: (_, low, high) => this.rangeOf(low, high) },
        y: { range: (_, low, high) => this.heightOf(low, high) },
      },
      axes: [
        { ...axis(x), space: 70, size: 34, labelSize: 20 },
        { ...axis(y), size: 64 },
      ],
      series: [{}, ...series.map(seriesOf)],
      bands:
        band === undefined
          ? []
          : [{ series: [band[0] + 1, band[1] + 1], fill: translucent(themeColour('charts-green')) }],
      hooks: { draw: [(plot) => this.drawVerticals(plot)] },
    };
  }

  private heightOf(low: number, high: number): [number, number] {
    const least = Math.max(low, this.model?.y.from ?? low);
    const most = Math.min(high, this.model?.y.to ?? high);
    const room = (most - least || Math.abs(most) || 1) * 0.08;
    return [least - room, most + room];
  }

  /** The limits are inside the picture, and a single value has room. */
  private rangeOf(low: number, high: number): [number, number] {
    const all = [low, high, ...(this.model?.verticals ?? []).map((v) => v.at)].filter(Number.isFinite);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    if (this.model?.verticals.length === 0) return [least, most === least ? least + 1 : most];
    const room = (most - least || Math.abs(most) || 1) * 0.05;
    return [least - room, most + room];
  }

  private drawVerticals(plot: uPlot): void {
    const { ctx, bbox } = plot;
    for (const { at, label } of this.model?.verticals ?? []) {
      const x = Math.round(plot.valToPos(at, 'x', true));
      ctx.save();
      ctx.strokeStyle = themeColour('charts-red');
      ctx.fillStyle = themeColour('foreground');
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.setLineDash([6 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      // Beside the line, on the side where there is more room.
      const side = x < bbox.left + bbox.width / 2 ? 1 : -1;
      ctx.textAlign = side > 0 ? 'left' : 'right';
      ctx.font = `${12 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
      ctx.fillText(label, x + side * 6 * devicePixelRatio, bbox.top + bbox.height - 8 * devicePixelRatio);
      ctx.restore();
    }
  }

  /** A table that nobody opened is not built. */
  private fillTable(): void {
    const { model } = this;
    if (model === undefined || !this.details.open) return;
    this.twin.replaceChildren(table(model.title, model.table.head, model.table.rows));
  }

  private get size(): { width: number; height: number } {
    return { width: Math.max(LEAST_WIDTH, this.canvas.clientWidth), height: HEIGHT };
  }
}

function seriesOf({ label, colour, shape, values }: SeriesModel): uPlot.Series {
  const stroke = themeColour(`charts-${colour}`);
  const marks = shape === 'points' || shape === 'rings';
  const single = values.filter((v) => v !== null).length < 3;
  return {
    label,
    stroke,
    width: shape === 'edge' ? 1 : 2,
    spanGaps: true,
    ...(DASHES[shape] === undefined ? {} : { dash: DASHES[shape] }),
    ...(marks ? { paths: () => null } : {}),
    points: {
      show: marks || single,
      size: shape === 'rings' ? 14 : 6,
      fill: shape === 'rings' ? 'transparent' : stroke,
    },
  };
}

/** The fill between two lines lets the grid through. */
const translucent = (colour: string): string => (/^#[0-9a-f]{6}$/i.test(colour) ? `${colour}30` : 'transparent');
