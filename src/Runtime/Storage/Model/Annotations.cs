using Microsoft.EntityFrameworkCore.Metadata;

namespace Typed.Storage.Model;

/// <summary>Marks in the EF model by which the store finds its tables again, whatever an application renames.</summary>
internal static class Annotations
{
    /// <summary>On an entity type: the declared type's full name.</summary>
    public const string Series = "Typed:Series";

    /// <summary>On an entity type: the stream's name.</summary>
    public const string Stream = "Typed:Stream";

    /// <summary>On an entity type: the interval's name.</summary>
    public const string Interval = "Typed:Interval";

    /// <summary>Whether a type of the model is the events of a stream.</summary>
    public static bool IsStream(IReadOnlyTypeBase type) => type.FindAnnotation(Stream) is not null;

    /// <summary>Whether a type of the model is declared: the rows of a series, or events; else it is an application's own.</summary>
    public static bool IsDeclared(IReadOnlyTypeBase type) => IsStream(type) || type.FindAnnotation(Series) is not null;
}
