using Typed.Storage;

namespace Typed.Series.Reading;

/// <summary>A key, then any instants.</summary>
internal sealed class KeyParameters<TKey>(KeySet<TKey> key, params long[] instants) : IParameters
    where TKey : struct, ISeriesKey<TKey>
{
    public void Bind(ParameterWriter parameters)
    {
        key.Bind(parameters);
        foreach (var instant in instants)
        {
            parameters.Instant(instant);
        }
    }
}

/// <summary>A namespace, where the series has them.</summary>
internal sealed class NamespaceParameter(string? seriesNamespace) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        if (seriesNamespace is not null)
        {
            parameters.Text(seriesNamespace);
        }
    }
}

/// <summary>Any instants.</summary>
internal sealed class InstantParameters(params long[] instants) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        foreach (var instant in instants)
        {
            parameters.Instant(instant);
        }
    }
}
