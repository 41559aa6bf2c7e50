using Typed.Schema;

namespace Typed.Generated;

/// <summary>A declared type as its module lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Declaration
{
    private protected Declaration(Type type) => Type = type;

    /// <summary>The declared type.</summary>
    public Type Type { get; }

    /// <summary>How a store hands it out; null where its module does not say.</summary>
    internal DeclaredHandle? Handle { get; init; }
}

/// <summary>A declared time series.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesDeclaration : Declaration
{
    /// <summary>Emitted modules call this.</summary>
    public SeriesDeclaration(SeriesDefinition definition)
        : base(definition.PointType) => Definition = definition;

    /// <summary>The declaration as data.</summary>
    public SeriesDefinition Definition { get; }
}
