using Typed.Storage;

namespace Typed.Streams.Reading;

/// <summary>Counts the events of a range.</summary>
internal sealed class CountQuery(string streamNamespace, IdRange range) : RangeParameters(streamNamespace, range), IRowQuery
{
    public long Result { get; private set; }

    public bool Row(RowReader row)
    {
        Result = row.Int64(0);
        return false;
    }
}

/// <summary>Reads the names of streams in a namespace, or without one the names of namespaces.</summary>
internal sealed class NamesQuery(string? streamNamespace) : IRowQuery
{
    public List<string> Names { get; } = [];

    public void Bind(ParameterWriter parameters)
    {
        if (streamNamespace is not null)
        {
            parameters.Text(streamNamespace);
        }
    }

    public bool Row(RowReader row)
    {
        Names.Add(row.Text(0));
        return true;
    }
}
