using Typed.Storage;

namespace Typed.Streams.Reading;

/// <summary>Namespace and range, as every statement on a stream takes them.</summary>
internal class RangeParameters(string streamNamespace, IdRange range) : IParameters
{
    public virtual void Bind(ParameterWriter parameters)
    {
        parameters.Text(streamNamespace);
        parameters.Guid(range.LowId);
        parameters.Guid(range.HighId);
    }
}
