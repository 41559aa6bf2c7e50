using Typed.Storage;
using Typed.Time;

namespace Typed.Consuming;

/// <summary>Reads the positions of consumers: of one, or of all.</summary>
internal sealed class ConsumerQuery(string? name) : IRowQuery
{
    public List<ConsumerPosition> Found { get; } = [];

    public void Bind(ParameterWriter parameters)
    {
        if (name is not null)
        {
            parameters.Text(name);
        }
    }

    public bool Row(RowReader row)
    {
        Found.Add(new(row.Text(0), row.Text(1), row.Text(2), StreamPosition.Parse(row.Text(3)), Instant.ToDateTimeOffset(row.Instant(4))));
        return true;
    }
}

/// <summary>Parameters that are all texts.</summary>
internal sealed class Texts(params string[] values) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        foreach (var value in values)
        {
            parameters.Text(value);
        }
    }
}
