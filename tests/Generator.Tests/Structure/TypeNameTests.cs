using Typed.Tests.Harness.Structure;

namespace Typed.Generator.Tests.Structure;

/// <summary>What the checks of names find.</summary>
public class TypeNameTests
{
    [Fact]
    public void A_file_has_a_type_of_its_name()
    {
        Assert.Empty(TypeNames.FilesWithoutTheirType([File("A/Store.cs", "Store`1", "Part"), File("Store.Reading.cs", "Store"), File("Usings.cs")]));
        Assert.Equal(["A/Stores.cs declares no Stores, but Store, Part"], TypeNames.FilesWithoutTheirType([File("A/Stores.cs", "Store", "Part")]));
    }

    [Fact]
    public void A_name_is_that_of_one_type()
    {
        Assert.Empty(TypeNames.NamesOfTwoTypes([File("A/Store.cs", "Store"), File("A/Store.Reading.cs", "Store"), File("B/Store.cs", "Store`1")]));
        Assert.Equal(["Store is declared in A/Store.cs and B/Store.cs"], TypeNames.NamesOfTwoTypes([File("A/Store.cs", "Store"), File("B/Store.cs", "Store")]));
    }

    [Fact]
    public void Types_are_found_in_a_file()
    {
        var file = SourceFile.Parse("Model/Streams/Pair.cs", "namespace A.B;\n\npublic readonly record struct Pair<T, U>(T One)\n{\n    class Inner;\n}\n\ninternal enum Kind;\n");
        Assert.Equal(("A.B", "Model/Streams", "Model", "Pair"), (file.Namespace, file.Folder, file.Room, file.Name));
        Assert.Equal(["A.B.Pair`2", "A.B.Kind"], file.Types);
    }

    private static SourceFile File(string path, params string[] types)
    {
        var file = SourceFile.Parse(path, "");
        return file with { Types = [.. types.Select(type => $"{file.Folder}.{type}")] };
    }
}
