namespace Typed.Storage;

/// <summary>The parameters of a statement that takes none.</summary>
internal sealed class NoParameters : IParameters
{
    public static readonly NoParameters Instance = new();

    public void Bind(ParameterWriter parameters)
    {
        // None.
    }
}
