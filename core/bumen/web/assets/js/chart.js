// Draws a chart from the figures of the page, in the colours of its theme; a click on a figure
// opens the records behind it. The table below says the same in words.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

// In pixels: the height of a chart that lies, of each of its bars and what surrounds them; from
// which width on there is room; how many bars stand side by side, with room and without.
const [LOWEST, BAR, AROUND] = [384, 24, 64];
const WIDE = 560;
const [MOST, MOST_WHEN_NARROW] = [8, 4];

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function start(part) {
  const place = part.querySelector("[data-chart]");
  const drawing = JSON.parse(place.dataset.chart);
  const chart = init(place, null, { renderer: "canvas" });
  const least = Math.min(LOWEST, place.clientHeight || LOWEST);
  let drawn = drawing.drawn;
  const draw = () => {
    place.style.height = isLying(place, { ...drawing, drawn }) ? `${Math.max(least, AROUND + drawing.bars.length * BAR)}px` : "";
    // Emptied first: bars that turn must not be drawn once more along the axes they had.
    chart.clear();
    chart.resize();
    chart.setOption(picture(place, { ...drawing, drawn }), { notMerge: true, lazyUpdate: false });
  };
  draw();
  chart.on("click", ({ data }) => { if (data.href) location.href = data.href; });
  let wide = place.clientWidth;
  const sized = new ResizeObserver(() => {
    if (place.clientWidth === wide) return;
    wide = place.clientWidth;
    draw();
  });
  sized.observe(place);
  const themed = new MutationObserver(draw);
  themed.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  part.addEventListener("click", (event) => {
    const kind = event.target.closest("[data-drawn]");
    if (!kind) return;
    drawn = kind.dataset.drawn;
    for (const one of part.querySelectorAll("[data-drawn]")) {
      one.setAttribute("aria-pressed", String(one === kind));
      one.classList.toggle("active", one === kind);
    }
    draw();
  });
  document.addEventListener("htmx:beforeCleanupElement", function gone({ target }) {
    if (!target.contains(part)) return;
    document.removeEventListener("htmx:beforeCleanupElement", gone);
    sized.disconnect();
    themed.disconnect();
    chart.dispose();
  });
}

function picture(place, drawing) {
  const colours = coloursOf(place);
  const text = { color: colours.text, fontFamily: colours.font };
  return {
    animation: !calm.matches,
    animationDuration: 400,
    color: colours.series,
    textStyle: text,
    tooltip: tooltip(drawing, colours),
    ...(drawing.drawn === "pie" ? pie(drawing, colours, text) : columns(place, drawing, colours, text)),
  };
}

// The tooltip is built of elements: markup with styles in it would not be allowed.
function tooltip({ drawn }, colours) {
  return {
    trigger: drawn === "pie" ? "item" : "axis",
    confine: true,
    axisPointer: { type: drawn === "bar" ? "shadow" : "line", shadowStyle: { opacity: 0.12 } },
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: { color: colours.text, fontFamily: colours.font },
    formatter: (shown) => {
      const every = [shown].flat();
      const said = document.createElement("div");
      said.append(every[0].data.name || every[0].name);
      for (const { data, seriesName } of every.filter(({ data: { text } }) => text)) {
        const line = document.createElement("div");
        const figure = document.createElement("strong");
        figure.textContent = data.text;
        if (every.length > 1) line.append(`${seriesName} `);
        line.append(figure);
        said.append(line);
      }
      return said;
    },
  };
}

const isNarrow = (place) => place.clientWidth < WIDE;

// Long names stand beside their bars, not below them.
function isLying(place, { bars, drawn, time }) {
  return drawn === "bar" && !time && bars.length > (isNarrow(place) ? MOST_WHEN_NARROW : MOST);
}

function columns(place, drawing, colours, text) {
  const { bars, drawn } = drawing;
  const lying = isLying(place, drawing);
  const names = {
    type: "category",
    data: bars.map(({ label }) => label),
    boundaryGap: drawn === "bar",
    inverse: lying,
    axisLabel: { ...text, hideOverlap: !lying, interval: lying ? 0 : "auto", width: lying && !isNarrow(place) ? 200 : 100, overflow: "truncate" },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
  };
  const short = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });
  const figures = {
    type: "value",
    minInterval: bars.every(({ value }) => Number.isInteger(value)) ? 1 : 0,
    axisLabel: { ...text, formatter: (value) => short.format(value), hideOverlap: true },
    splitNumber: lying && isNarrow(place) ? 3 : 5,
    splitLine: { lineStyle: { color: colours.line } },
  };
  return {
    grid: { left: 8, right: 16, top: drawing.series?.length ? 40 : 16, bottom: 8, containLabel: true },
    legend: drawing.series?.length ? { type: "scroll", top: 0, textStyle: text, inactiveColor: colours.line } : undefined,
    xAxis: lying ? figures : names,
    yAxis: lying ? names : figures,
    series: seriesOf(drawing).map(({ name, points, stack, back }) => ({
      name,
      type: drawn,
      cursor: "pointer",
      barMaxWidth: 48,
      stack: stack ? "all" : undefined,
      itemStyle: { borderRadius: drawn === "bar" && !stack ? (lying ? [0, 4, 4, 0] : [4, 4, 0, 0]) : 0, opacity: back ? 0.45 : 1 },
      lineStyle: back ? { type: "dashed" } : undefined,
      symbolSize: 8,
      areaStyle: drawn === "line" && !back ? { opacity: stack ? 0.4 : 0.15 } : undefined,
      data: points.map((point, place) => figureOf({ ...point, label: bars[place].label }, colours)),
    })),
  };
}

// What stands upon each other, or beside what it is compared with; most charts have one series.
function seriesOf({ bars, series, now }) {
  const [first] = series ?? [];
  if (first?.stack) return series;
  const present = { name: now, points: bars };
  return first ? [present, { ...first, back: true }] : [present];
}

function pie({ slices }, colours, text) {
  return {
    series: [{
      type: "pie",
      cursor: "pointer",
      radius: ["42%", "70%"],
      label: { ...text, formatter: ({ name, percent }) => `${name}\n${Math.round(percent)}%`, lineHeight: 16, width: 160, overflow: "truncate" },
      itemStyle: { borderColor: colours.surface, borderWidth: 2 },
      data: slices.map((slice) => figureOf(slice, colours)),
    }],
  };
}

function figureOf({ label, value, text, tone, href }, { tones }) {
  return { name: label, value, text, href, itemStyle: tone ? { color: tones[tone] } : undefined };
}

function coloursOf(place) {
  const style = getComputedStyle(place);
  const dark = document.documentElement.dataset.bsTheme === "dark";
  return {
    text: style.color,
    font: style.fontFamily,
    surface: style.backgroundColor,
    line: style.borderTopColor,
    series: dark
      ? ["#6ea8fe", "#5fd0b5", "#f5c062", "#c79bf2", "#ff9a8b", "#8bd3f7", "#b7d66b", "#f4a6cf", "#8b98ab"]
      : ["#1769c2", "#128a6e", "#b87400", "#7d4bc2", "#c8493f", "#1d88b5", "#5c8a12", "#b6447f", "#7a8798"],
    tones: dark
      ? { plain: "#8b98ab", active: "#6ea8fe", good: "#5fd093", warning: "#f5c062", bad: "#ff8a80" }
      : { plain: "#7a8798", active: "#1769c2", good: "#1d8a4c", warning: "#b87400", bad: "#c8393b" },
  };
}
