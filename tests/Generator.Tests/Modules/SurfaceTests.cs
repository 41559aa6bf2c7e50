using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Parsing;

namespace Typed.Generator.Tests.Modules;

/// <summary>What the generator takes for the same surface it does not read again: so nothing that a declaration can be read from may be the same.</summary>
public class SurfaceTests
{
    [Theory]
    [InlineData("class A { int M() { return 1; } }", "class A { int M() { var x = 2; return x; } }")]
    [InlineData("class A { int M() => 1; }", "class A { int M() => N(2); }")]
    [InlineData("class A { A() { } ~A() { } public static A operator +(A a, A b) => a; }", "class A { A() { F(); } ~A() { F(); } public static A operator +(A a, A b) => b; }")]
    [InlineData("class A { int P { get => 1; set { } } int Q => 1; int this[int i] => 1; }", "class A { int P { get => 2; set { F(); } } int Q => 2; int this[int i] => 2; }")]
    [InlineData("class A { event System.Action E { add { } remove { } } }", "class A { event System.Action E { add { F(); } remove { } } }")]
    [InlineData("class A { int P; }", "// Said.\nclass A\n{\n    int P; /* here */\n}")]
    [InlineData("class A { void M() { } int N; }", "class A { void M() { void Inner() { } Inner(); } int N; }")]
    public void Bodies_comments_and_space_make_no_difference(string one, string two) => Assert.True(AreSame(one, two));

    [Theory]
    [InlineData("class A { int P; }", "class A { long P; }")]
    [InlineData("class A { int P; }", "class A { int P; int Q; }")]
    [InlineData("class A { const int P = 1; }", "class A { const int P = 2; }")]
    [InlineData("class A { int P { get; } = 1; }", "class A { int P { get; } = 2; }")]
    [InlineData("class A { int P { get; } }", "class A { int P { get => 1; } }")]
    [InlineData("class A { int P { get => 1; } }", "class A { int P { get => field; } }")]
    [InlineData("class A { int P { get => field; } }", "class A { int P { get => 1; } }")]
    [InlineData("class A { int P => 1; }", "class A { int P => field; }")]
    [InlineData("class A { partial void M(); }", "class A { partial void M() { } }")]
    [InlineData("class A { void M(int a = 1) { } }", "class A { void M(int a = 2) { } }")]
    [InlineData("[X(1)] class A;", "[X(2)] class A;")]
    [InlineData("[X(\"a\")] class A;", "[X(@\"a\")] class A;")]
    [InlineData("class A : B;", "class A : C;")]
    [InlineData("class A;", "public class A;")]
    [InlineData("record A(int N);", "record A(int? N);")]
    [InlineData("using A; class C;", "using B; class C;")]
    [InlineData("namespace A; class C;", "namespace B; class C;")]
    [InlineData("class A { string P; }", "#nullable disable\nclass A { string P; }")]
    [InlineData("class A { void M() { } string P; }", "class A { void M() {\n#nullable disable\n } string P; }")]
    [InlineData("class A { void M() {\n#nullable enable\n } string P; }", "class A { void M() {\n#nullable disable\n } string P; }")]
    [InlineData("#define X\nclass A {\n#if X\nint P;\n#endif\n}", "class A {\n#if X\nint P;\n#endif\n}")]
    [InlineData("enum A { B, C }", "enum A { B, C = 3 }")]
    [InlineData("class A { class B; }", "class A { struct B; }")]
    [InlineData("class A { void M() { } int N; }", "class A { void M() { int N; }")] // being typed
    public void Anything_else_does(string one, string two) => Assert.False(AreSame(one, two));

    [Fact]
    public void So_do_the_options_and_the_path()
    {
        var tree = CSharpSyntaxTree.ParseText("class A;", path: "A.cs");

        Assert.True(SurfaceComparer.AreSame(tree, CSharpSyntaxTree.ParseText("class A;", path: "A.cs")));
        Assert.False(SurfaceComparer.AreSame(tree, CSharpSyntaxTree.ParseText("class A;", path: "B.cs")));
        Assert.False(SurfaceComparer.AreSame(tree, CSharpSyntaxTree.ParseText("class A;", new CSharpParseOptions(LanguageVersion.CSharp12), "A.cs")));
    }

    private static bool AreSame(string one, string two)
    {
        var tree = CSharpSyntaxTree.ParseText(one);
        var whole = SurfaceComparer.AreSame(tree, CSharpSyntaxTree.ParseText(two));
        Assert.Equal(whole, SurfaceComparer.AreSame(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(two)))); // with parts in common
        return whole;
    }
}
