namespace Typed.Tests.Harness.Structure;

/// <summary>Whether a reader finds a type by its name: in the file of that name, and nowhere twice.</summary>
public static class TypeNames
{
    /// <summary>
    /// Files that declare types, and none of the file's own name. <c>Store.Reading.cs</c> is a file of <c>Store</c>; <c>FloatColumns.cs</c> holds a family, all of which are called columns.
    /// </summary>
    public static IEnumerable<string> FilesWithoutTheirType(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Types.Count > 0 && !file.Types.Any(type => Plain(type) == file.Name) && !IsFamily(file)
        select $"{file.Path} declares no {file.Name}, but {string.Join(", ", file.Types.Select(Simple))}";

    /// <summary>Names that two types have. Types of one name with different numbers of type parameters are two names; parts of one type are one.</summary>
    public static IEnumerable<string> NamesOfTwoTypes(IEnumerable<SourceFile> files) =>
        from declared in files.SelectMany(file => file.Types.Select(type => (Type: type, file.Path)))
        group declared by Simple(declared.Type) into same
        where same.Select(declared => declared.Type).Distinct(StringComparer.Ordinal).Skip(1).Any()
        orderby same.Key
        select $"{same.Key} is declared in {string.Join(" and ", same.Select(declared => declared.Path).Order(StringComparer.Ordinal))}";

    private static bool IsFamily(SourceFile file)
    {
        var plural = file.Name[file.Name.LastIndexOfAny([.. Enumerable.Range('A', 26).Select(letter => (char)letter)])..];
        var singular = plural.EndsWith("ies", StringComparison.Ordinal) ? plural[..^3] + "y" : plural[..^1];
        return plural.EndsWith('s') && file.Types.All(type => Plain(type).EndsWith(singular, StringComparison.Ordinal));
    }

    private static string Plain(string type) => Simple(type).Split('`')[0];

    private static string Simple(string type) => type[(type.LastIndexOf('.') + 1)..];
}
