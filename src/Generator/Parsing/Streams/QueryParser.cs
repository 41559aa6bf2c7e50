using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>
/// Decides for each member of one object whether queries see it, which is whether EF Core can map it. The rule that informs of it and the emitted shape
/// both go by this decision. It is the same wherever the object occurs, so that its shape is emitted once.
/// </summary>
internal sealed class QueryParser(BodyTypes body, INamedTypeSymbol type)
{
    /// <summary>The most objects in a body: EF repeats an object's type wherever it occurs, and a model of so many takes EF about a second.</summary>
    public const int MaxObjects = 500;

    // EF knows members by their names in C#, and each name once.
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _nested;
    private bool _hasMapped;

    /// <summary>How many objects EF makes of this one, with those inside it; 0: there is nothing in it that a query could see.</summary>
    public int Objects => _hasMapped ? _nested + 1 : 0;

    /// <summary>Decides about a member. Members of the most derived class come first.</summary>
    /// <param name="symbol">The member.</param>
    /// <param name="json">Its name in JSON.</param>
    /// <param name="index">Its type.</param>
    /// <param name="write">When it is written.</param>
    /// <param name="read">Where it is read into.</param>
    public BodyQuery Decide(ISymbol symbol, string json, int index, WriteWhen write, ReadInto read)
    {
        var isFirst = _names.Add(symbol.Name);
        var query = write == WriteWhen.Never ? new BodyQuery(BodyQueryKind.Absent)
            : read == ReadInto.Nothing ? new BodyQuery(BodyQueryKind.WriteOnly, "it is not read back")
            : json.Length == 0 ? Unmapped("its name in JSON is empty")
            : Readability.Hiding(type, symbol) is not null ? Unmapped("another member hides it")
            : !isFirst ? Unmapped("a member that overrides it has another name in JSON")
            : DecideByType(symbol, index, body.Get(index));
        _hasMapped |= query.IsMapped;
        return query;
    }

    private static BodyQuery Unmapped(string reason) => new(BodyQueryKind.Unmapped, reason);

    private BodyQuery DecideByType(ISymbol symbol, int index, BodyType type) => type.Kind switch
    {
        BodyKind.Scalar => DecideScalar(type, BodyQueryKind.Value),
        BodyKind.Enum => new(BodyQueryKind.Value),
        BodyKind.Object => DecideObject(symbol, index, BodyQueryKind.Object),
        BodyKind.Nullable => DecideNullable(body.Get(type.Item)),
        BodyKind.Map => Unmapped("it is a dictionary"),
        BodyKind.Element => Unmapped("it is a JsonElement"),
        BodyKind.Converted => Unmapped(type.Converter!.Reason),
        BodyKind.Union => Unmapped("it may be one of several classes"),
        _ => DecideList(symbol, type, body.Get(type.Item)),
    };

    private static BodyQuery DecideScalar(BodyType type, BodyQueryKind kind) => type.Scalar switch
    {
        "Int128" or "UInt128" => Unmapped("the databases have no integers of 128 bits"),
        "Version" => Unmapped("the databases do not order versions"),
        _ => new(kind),
    };

    private static BodyQuery DecideNullable(BodyType item) => item.Kind switch
    {
        BodyKind.Scalar => DecideScalar(item, BodyQueryKind.Value),
        BodyKind.Enum => new(BodyQueryKind.Value),
        BodyKind.Object => Unmapped("it is a nullable struct"),
        BodyKind.Element => Unmapped("it is a JsonElement"),
        BodyKind.Converted => Unmapped(item.Converter!.Reason),
        _ => Unmapped("it is a nullable list"),
    };

    private BodyQuery DecideList(ISymbol symbol, BodyType list, BodyType item) => item.Kind switch
    {
        BodyKind.Object when list.Collection!.Query != ListQuery.Objects => Unmapped("its objects are in neither a List<T> nor an array"),
        _ when list.Collection!.Query == ListQuery.Nothing => Unmapped("it is neither a List<T>, an IList<T>, an IReadOnlyList<T> nor an array"),
        BodyKind.Scalar when item.Scalar == "Bytes" => Unmapped("its elements are bytes"),
        BodyKind.Scalar => DecideScalar(item, BodyQueryKind.Values),
        BodyKind.Enum => new(BodyQueryKind.Values),
        BodyKind.Object when item.IsValueType => Unmapped("it is a list of structs"),
        BodyKind.Object => DecideObject(symbol, list.Item, BodyQueryKind.Objects),
        BodyKind.Nullable when body.Get(item.Item) is { Kind: BodyKind.Scalar } inner => DecideScalar(inner, BodyQueryKind.Values),
        BodyKind.Nullable when body.Get(item.Item).Kind is BodyKind.Enum => new(BodyQueryKind.Values),
        _ => Unmapped("its elements are neither values nor objects"),
    };

    private BodyQuery DecideObject(ISymbol symbol, int index, BodyQueryKind kind)
    {
        if (IsFixed(symbol))
        {
            return Unmapped("it is an object in a struct that cannot be set there");
        }

        if (body.IsOpen(index))
        {
            return Unmapped("its type is recursive");
        }

        var objects = body.Get(index).Object!.QueryObjects;
        if (objects == 0)
        {
            return Unmapped("it has no members that queries can see");
        }

        if (_nested + objects >= MaxObjects)
        {
            return Unmapped($"the object around it would hold more than {MaxObjects} objects");
        }

        _nested += objects;
        return new BodyQuery(kind);
    }

    // EF passes values to the constructor of a struct, and objects to none: it sets them afterwards, where they are.
    private static bool IsFixed(ISymbol symbol) =>
        symbol.ContainingType.IsValueType && symbol is IPropertySymbol { SetMethod: null or { IsInitOnly: true } } or IFieldSymbol { IsReadOnly: true };
}
