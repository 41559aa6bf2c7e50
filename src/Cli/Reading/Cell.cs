using System.Globalization;
using Typed.Schema;

namespace Typed.Cli.Reading;

/// <summary>
/// What one bucket of a chart holds, put together from rows of one or more keys, slots and buckets. Numbers are doubles here: a chart needs no more.
/// </summary>
internal sealed class Cell
{
    private readonly StoredSeries _series;
    private readonly Dictionary<double, long> _values = [];
    private readonly Dictionary<string, long> _texts = new(StringComparer.Ordinal);
    private long _count;
    private double _sum;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _squares;
    private long _lastTime = long.MinValue;
    private double? _last;

    /// <param name="series">The series.</param>
    /// <param name="start">The bucket's start.</param>
    /// <param name="end">The bucket's end.</param>
    public Cell(StoredSeries series, long start, long end) => (_series, Start, End) = (series, start, end);

    public long Start { get; }

    public long End { get; }

    public bool IsEmpty => _count == 0 && _values.Count == 0 && _texts.Count == 0 && _last is null;

    /// <summary>The numbers and how often each occurs.</summary>
    public IReadOnlyDictionary<double, long> Values => _values;

    /// <summary>The values that are no numbers and how often each occurs; those of a Set once.</summary>
    public IReadOnlyDictionary<string, long> Texts => _texts;

    /// <summary>Adds a row of the table.</summary>
    public void Add(RowReader row, SeriesTable table)
    {
        switch (_series.Type)
        {
            case SeriesType.Count:
                _sum += Number(row, table, SeriesColumnRole.Value);
                _count = 1;
                break;
            case SeriesType.Gauge:
                AddLatest(row.Instant(table.Ordinal(SeriesColumnRole.Time)), row, table);
                break;
            case SeriesType.Summary:
                AddSummary(
                    row.Int64(table.Ordinal(SeriesColumnRole.Count)), Number(row, table, SeriesColumnRole.Sum), Number(row, table, SeriesColumnRole.Min),
                    Number(row, table, SeriesColumnRole.Max), row.Double(table.Ordinal(SeriesColumnRole.SquaredDeviations)));
                break;
            default:
                var weight = _series.Type == SeriesType.Histogram ? row.Int64(table.Ordinal(SeriesColumnRole.Count)) : 1;
                AddValue(row, table, weight);
                break;
        }
    }

    /// <summary>Adds what another bucket holds.</summary>
    public void Add(Cell other)
    {
        foreach (var (value, count) in other._values)
        {
            _values[value] = _values.GetValueOrDefault(value) + count;
        }

        foreach (var (text, count) in other._texts)
        {
            _texts[text] = _series.Type == SeriesType.Set ? 1 : _texts.GetValueOrDefault(text) + count;
        }

        if (other._lastTime >= _lastTime && other._last is not null)
        {
            (_last, _lastTime) = (other._last, other._lastTime);
        }

        if (_series.Type == SeriesType.Summary)
        {
            AddSummary(other._count, other._sum, other._min, other._max, other._squares);
        }
        else
        {
            _sum += other._sum;
            _count += other._count;
        }
    }

    /// <summary>Neighbours as one bucket.</summary>
    public static Cell Merge(IReadOnlyList<Cell> cells)
    {
        var merged = new Cell(cells[0]._series, cells[0].Start, cells[^1].End);
        foreach (var cell in cells)
        {
            merged.Add(cell);
        }

        return merged;
    }

    /// <summary>A figure by its name; null where there is none.</summary>
    public double? Figure(string name) => name switch
    {
        Figures.Count => Count,
        Figures.Sum => Sum,
        Figures.Rate => Count / ((End - Start) / (double)Time.Instant.PerSecond),
        Figures.Last => _last,
        Figures.Min => Extreme(_min, _values.Keys.Min),
        Figures.Max => Extreme(_max, _values.Keys.Max),
        Figures.Mean => _series.Type == SeriesType.Gauge ? _last : Count > 0 && (_values.Count > 0 || _series.Type == SeriesType.Summary) ? Sum / Count : null,
        Figures.Deviation => Deviation,
        _ => Percentile(Figures.PercentOf(name)!.Value),
    };

    private double Count => _series.Type switch
    {
        SeriesType.Count => _sum,
        SeriesType.Gauge => _last is null ? 0 : 1,
        SeriesType.Summary => _count,
        _ => _values.Values.Sum() + _texts.Values.Sum(),
    };

    private double Sum => _series.Type switch
    {
        SeriesType.Count or SeriesType.Summary => _sum,
        SeriesType.Gauge => _last ?? 0,
        _ => _values.Sum(pair => pair.Key * pair.Value),
    };

    private double? Deviation
    {
        get
        {
            if (_series.Type == SeriesType.Summary)
            {
                return _count > 0 ? Math.Sqrt(_squares / _count) : null;
            }

            if (_values.Count == 0)
            {
                return null;
            }

            var (count, mean) = (_values.Values.Sum(), Sum / _values.Values.Sum());
            return Math.Sqrt(_values.Sum(pair => (pair.Key - mean) * (pair.Key - mean) * pair.Value) / count);
        }
    }

    // Nearest rank, as the library has it.
    private double? Percentile(double percent)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(percent / 100 * _values.Values.Sum()));
        var seen = 0L;
        foreach (var (value, count) in _values.OrderBy(pair => pair.Key))
        {
            seen += count;
            if (seen >= rank)
            {
                return value;
            }
        }

        return null;
    }

    private void AddLatest(long time, RowReader row, SeriesTable table)
    {
        if (time < _lastTime)
        {
            return;
        }

        _lastTime = time;
        if (_series.Value.IsNumber)
        {
            _last = Number(row, table, SeriesColumnRole.Value);
        }
        else
        {
            _texts.Clear();
            _texts[Text(row, table)] = 1;
        }
    }

    private void AddValue(RowReader row, SeriesTable table, long weight)
    {
        if (!_series.Value.IsNumber)
        {
            var text = Text(row, table);
            _texts[text] = _series.Type == SeriesType.Set ? 1 : _texts.GetValueOrDefault(text) + weight;
            return;
        }

        var value = Number(row, table, SeriesColumnRole.Value);
        _values[value] = _series.Type == SeriesType.Set ? 1 : _values.GetValueOrDefault(value) + weight;
        if (_series.Type == SeriesType.Series)
        {
            (_last, _lastTime) = (value, row.Instant(table.Ordinal(SeriesColumnRole.Time)));
        }
    }

    private void AddSummary(long count, double sum, double min, double max, double squares)
    {
        if (count == 0)
        {
            return;
        }

        var distance = _count > 0 ? (sum / count) - (_sum / _count) : 0;
        _squares += squares + (_count > 0 ? distance * distance * _count * count / (_count + count) : 0);
        (_count, _sum, _min, _max) = (_count + count, _sum + sum, Math.Min(_min, min), Math.Max(_max, max));
    }

    private double Number(RowReader row, SeriesTable table, SeriesColumnRole role) =>
        Convert.ToDouble(StoredColumn.Read(row, table.Ordinal(role), _series.KindOf(role)), CultureInfo.InvariantCulture);

    private string Text(RowReader row, SeriesTable table) =>
        Output.ValueText.Plain(StoredColumn.Read(row, table.Ordinal(SeriesColumnRole.Value), _series.Value.Kind));

    private double? Extreme(double summary, Func<double> ofValues) => _series.Type switch
    {
        SeriesType.Summary => _count > 0 ? summary : null,
        SeriesType.Gauge => _last,
        _ => _values.Count > 0 ? ofValues() : null,
    };
}
