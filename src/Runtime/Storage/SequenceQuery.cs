namespace Typed.Storage;

/// <summary>Reads the sequence of a writer; 0 where the writer has no line.</summary>
internal sealed class SequenceQuery(Guid writer) : IRowQuery
{
    public long Sequence { get; private set; }

    public void Bind(ParameterWriter parameters) => parameters.Guid(writer);

    public bool Row(RowReader row)
    {
        Sequence = row.Int64(0);
        return false;
    }
}
