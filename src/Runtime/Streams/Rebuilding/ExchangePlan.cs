using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Streams.Rebuilding;

/// <summary>The rows of a table that are exchanged in one transaction.</summary>
/// <param name="Table">The table.</param>
/// <param name="First">The first instant.</param>
/// <param name="Last">The last one.</param>
internal sealed record ExchangedRows(StagedTable Table, long First, long Last) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        parameters.Instant(First);
        parameters.Instant(Last);
    }
}

/// <summary>Divides the rows of a series among transactions, each so short that others hardly wait for it.</summary>
internal sealed class ExchangePlan
{
    /// <summary>The rows, old and new ones, that a transaction exchanges: about half a second.</summary>
    private const long MostRows = 100_000;

    private readonly List<List<ExchangedRows>> _steps = [[]];
    private long _rows;

    /// <summary>What each transaction exchanges.</summary>
    public IReadOnlyList<IReadOnlyList<ExchangedRows>> Steps => _steps;

    /// <summary>Adds a table from an instant on, whatever its size.</summary>
    public void AddWhole(StagedTable table, long first) => _steps[^1].Add(new(table, first, Instant.Max));

    /// <summary>Adds a table from an instant on, in parts where it is large.</summary>
    public async ValueTask AddAsync(StagedTable table, long first, Session session, CancellationToken cancellationToken)
    {
        var sizes = new SizesQuery(first, instant =>
        {
            _steps[^1].Add(new(table, first, instant - 1));
            _steps.Add([]);
            first = instant;
        }, _rows);
        await session.ReadAsync(table.Sizes, sizes, cancellationToken).ConfigureAwait(false);
        _rows = sizes.Rows;
        AddWhole(table, first);
    }

    /// <param name="first">Where to begin.</param>
    /// <param name="cut">Ends a step before an instant.</param>
    /// <param name="rows">The rows of the step that are known already.</param>
    private sealed class SizesQuery(long first, Action<long> cut, long rows) : IRowQuery
    {
        public long Rows { get; private set; } = rows;

        public void Bind(ParameterWriter parameters) => parameters.Instant(first);

        public bool Row(RowReader row)
        {
            var (instant, count) = (row.Instant(0), row.Int64(1));
            if (Rows > 0 && Rows + count > MostRows)
            {
                cut(instant);
                Rows = 0;
            }

            Rows += count;
            return true;
        }
    }
}
