extern alias generator;

using System.Globalization;
using System.Reflection;
using generator::Typed.Generator.Analysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Conformance.Tests.Streams;

/// <summary>
/// Every type of members that System.Text.Json takes: as a member, one that may be null, in a list and in a dictionary, byte for byte and as strictly as
/// System.Text.Json itself; or refused by name when the class is compiled.
/// </summary>
public sealed class MemberTypeTests
{
    private const string Usings = "using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.Collections.Immutable; using System.Collections.ObjectModel; "
        + "using System.Text.Json; using System.Text.Json.Nodes; using System.Text.Json.Serialization; using Typed;\nnamespace Members;\n";

    private static readonly MemberType[] s_held = [.. MemberTypes.All.Where(type => type.Refused is null)];

    private static readonly Lazy<Assembly> s_assembly = new(() =>
        EmittedAssembly.Create("Typed.Members", [("Members.cs", Usings + MemberTypes.Declarations + string.Concat(s_held.Select(Declare)))]).Assembly);

    public static TheoryData<string> Held => [.. s_held.Select(type => type.Type)];

    [Theory]
    [MemberData(nameof(Held))]
    public void Same_as_the_framework(string name)
    {
        var index = Array.FindIndex(s_held, type => string.Equals(type.Type, name, StringComparison.Ordinal));
        var declared = Declared($"M{index}");
        Assert.All(Bodies(s_held[index]), body => AgainstFramework.Compare(declared, body, hasOwnEnums: name == "Level"));
        Assert.Contains(Bodies(s_held[index]), body => body.Contains("\"v\"", StringComparison.Ordinal) && AgainstFramework.Framework(declared, body).Value is not null);
    }

    /// <summary>Which the framework's own serializer cannot make, though it writes it.</summary>
    [Fact]
    public void Sets_that_are_read_only() => Assert.All(["{}", "{\"v\":null}", "{\"v\":[3,1,3]}", "{\"v\":[null]}", "{\"v\":{}}"], text =>
        Assert.Equal(AgainstFramework.Framework(Declared("OfSet"), text).Json, AgainstFramework.Emitted(Declared("OfReadOnlySet"), text, value: null).Read));

    [Fact]
    public void Arrays_without_a_value() => Assert.All(["{}", "{\"v\":[1]}", "{\"v\":[],\"w\":[2]}", "{\"v\":null}"], text => AgainstFramework.Compare(Declared("Unset"), text));

    [Fact]
    public async Task At_most_fifteen_are_refused_each_by_name()
    {
        var refused = MemberTypes.All.Where(type => type.Refused is not null).ToArray();
        Assert.InRange(refused.Length, 0, 15);
        Assert.InRange(MemberTypes.All.Count, 69, int.MaxValue);
        var source = Usings + MemberTypes.Declarations + string.Concat(refused.Select((type, i) => $"[EventStream] public partial class R{i} {{ public {type.Type}? V {{ get; set; }} }}\n"));
        var compilation = EmittedAssembly.Create("Typed.Refused", [("Refused.cs", source)]).Compilation.WithAnalyzers([new StreamBodyAnalyzer()]);
        var rules = (await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).Where(rule => rule.Id == "TYP2006").ToArray();
        Assert.Equal(refused.Length, rules.Length);
        for (var i = 0; i < refused.Length; i++)
        {
            Assert.Contains(rules, rule => rule.GetMessage(CultureInfo.InvariantCulture).StartsWith("V is of type ", StringComparison.Ordinal) && rule.GetMessage(CultureInfo.InvariantCulture).Contains(refused[i].Refused!, StringComparison.Ordinal)
                && rule.Location.SourceTree!.GetText().Lines[rule.Location.GetLineSpan().StartLinePosition.Line].ToString().Contains($" R{i} ", StringComparison.Ordinal));
        }
    }

    private static Type Declared(string name) => s_assembly.Value.GetType("Members." + name, throwOnError: true)!;

    private static IEnumerable<string> Bodies(MemberType type) => ["{}", .. type.Texts.Append("null").SelectMany(text => new[]
    {
        $"{{\"v\":{text}}}", $"{{\"n\":{text}}}", $"{{\"l\":[{text},{text}]}}", $"{{\"d\":{{\"k\":{text}}}}}",
    })];

    private static string Declare(MemberType type, int index) =>
        $"[EventStream] public partial class M{index} {{ public {type.Type} V {{ get; set; }} = {type.Initial}; public {type.Type}? N {{ get; set; }} public List<{type.Type}>? L {{ get; set; }} public Dictionary<string, {type.Type}>? D {{ get; set; }} }}\n";
}
