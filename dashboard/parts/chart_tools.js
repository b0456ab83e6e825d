// Buttons that work on the chart beside them, in the browser: save it as an image, switch the selection of an
// area on and off. Plotly's own buttons do the work; their bar is hidden, since its icons say little.
// Traps: on a dark page the chart's ink is light, so an image gets a white ground and dark ink; the layout is
// put back at once, as the chart on the page uses the same object.
const INK = "#1B2733", MUTED = "#5B6875", WIDTH = 1200, LINE = 17, AIR = 14;

const WEB_FONT = /^"Source Sans", */; // a picture is painted without it; measured in it, a legend would be cut

const chartOf = (name) => document.querySelector(`[class~="st-key-card-${CSS.escape(name)}"] .js-plotly-plot`);

const plotlyButton = (chart, name) =>
  chart?._fullLayout?._modeBar?.buttons.flat().find((button) => button.name === name);

const inked = (part, colour) => ({ ...part, font: { ...part?.font, color: colour } });

// A legend at the lower edge gives way to the words, which will be there; export/image.py does the same.
function raised(legend, part) {
  const changed = inked(legend, INK);
  return legend?.yref === "container" ? { ...changed, y: legend.y * (1 - part) + part } : changed;
}

function onPaper(layout, lines) {
  const below = lines.length ? AIR + LINE * lines.length : 0;
  const height = layout.height + below;
  const { b = 80, l = 80 } = layout.margin ?? {};
  const changed = {
    paper_bgcolor: "#FFFFFF",
    plot_bgcolor: "#FFFFFF",
    font: { ...layout.font, family: layout.font?.family?.replace(WEB_FONT, ""), color: INK },
    title: { ...inked(layout.title, INK), subtitle: inked(layout.title?.subtitle, MUTED) },
    legend: raised(layout.legend, below / height),
    margin: { ...layout.margin, b: b + below },
    height,
  };
  for (const key of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    const axis = layout[key];
    changed[key] = { ...axis, title: inked(axis.title, INK), tickfont: { ...axis.tickfont, color: INK } };
    if (key.startsWith("x")) changed[key].automargin = false; // the words stand at a fixed distance
  }
  const words = {
    text: lines.join("<br>"), showarrow: false, align: "left", font: { size: 12, color: MUTED },
    x: 0, xref: "paper", xanchor: "left", xshift: 6 - l,
    y: 0, yref: "paper", yanchor: "bottom", yshift: 6 - b - below,
  };
  if (lines.length) changed.annotations = [...(layout.annotations ?? []), words];
  return changed;
}

function save(name, format, data) {
  const chart = chartOf(name);
  const button = plotlyButton(chart, "toImage");
  if (!button) return;
  const { layout, _context: context } = chart;
  const wide = layout.meta?.wide; // on a narrow page: what charts/narrow.py changed
  const parts = [[layout, { ...wide?.layout, ...onPaper({ ...layout, ...wide?.layout }, data.words) }]];
  for (const [number, trace] of Object.entries(wide?.traces ?? {})) parts.push([chart.data[number], trace]);
  const before = parts.map(([part, changed]) =>
    Object.fromEntries(Object.keys(changed).map((key) => [key, part[key]])));
  context.toImageButtonOptions = {
    format, filename: data.file, width: WIDTH, height: parts[0][1].height, scale: format === "png" ? 2 : 1,
  };
  try {
    for (const [part, changed] of parts) Object.assign(part, changed);
    button.click(chart, { currentTarget: { getAttribute: () => null } });
  } finally {
    parts.forEach(([part], n) => {
      for (const [key, value] of Object.entries(before[n]))
        if (value === undefined) delete part[key]; else part[key] = value;
    });
  }
}

function switchArea(name, button) {
  const chart = chartOf(name);
  const isOn = chart?._fullLayout?.dragmode === "select";
  const other = plotlyButton(chart, isOn ? "pan2d" : "select2d");
  if (!other) return;
  const values = { "data-attr": "dragmode", "data-val": isOn ? "pan" : "select" };
  other.click(chart, { currentTarget: { getAttribute: (key) => values[key] ?? null } });
  if (isOn) chart.emit("plotly_doubleclick"); // lets go of the frame and of its points
  button.setAttribute("aria-pressed", String(!isOn));
}

export default function ({ data, parentElement }) {
  const row = document.createElement("div");
  row.className = "tools";
  for (const { action, label } of data.buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    if (action === "area") {
      button.setAttribute("aria-pressed", String(chartOf(data.name)?._fullLayout?.dragmode === "select"));
      button.title = data.help ?? "";
    }
    button.onclick = () => (action === "area" ? switchArea(data.name, button) : save(data.name, action, data));
    row.append(button);
  }
  parentElement.querySelector(".tools")?.remove();
  parentElement.append(row);
}
