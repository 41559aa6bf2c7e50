namespace Typed.Storage;

/// <summary>The parameters of <see cref="Dialect.Stamp"/>.</summary>
internal sealed class StampParameters(WriterStamp stamp) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        parameters.Guid(stamp.Writer);
        parameters.Int64(stamp.Sequence);
    }
}
