using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Typed.Generated;
using Typed.Schema.Json;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

public sealed class JsonTests
{
    private static readonly MethodInfo s_writeMethod = typeof(JsonTests).GetMethod(nameof(WriteAs), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo s_readMethod = typeof(JsonTests).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!;

    // Types that the design lists by now; the rows were written when it did not.
    private static readonly HashSet<string> s_listedSince = new(
        new[] { "char", "Int128", "Version?", "Dictionary<int,string>?", "IEnumerable<int>?", "System.Collections.Immutable.ImmutableArray<int>" }.Select(type => "json/unsupported/" + type), StringComparer.Ordinal);

    public static TheoryData<string> Writes => StreamVectors.Json.Cases("write");

    public static TheoryData<string> Reads => StreamVectors.Json.Cases("read");

    public static TheoryData<string> Declarations => StreamVectors.Json.Cases("declare");

    public static TheoryData<string> Names => StreamVectors.Json.Cases("name");

    [Fact]
    public void Every_row_is_a_case() => StreamVectors.Json.AssertCased(typeof(JsonTests));

    [Theory]
    [MemberData(nameof(Writes))]
    public void Writing(string id)
    {
        var row = StreamVectors.Json[id];
        var expect = row.GetProperty("expect");
        var (json, refusal) = Write(row, DeclaredEvents.Value(row));
        if (expect.TryGetProperty("error", out _))
        {
            Assert.NotNull(refusal);
            return;
        }

        Assert.True(refusal is null || IsAboutText(refusal), refusal?.Reason);
        Assert.Equal(expect.GetProperty("json").GetString(), json);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Reading(string id)
    {
        var row = StreamVectors.Json[id];
        var expect = row.GetProperty("expect");
        var text = row.TryGetProperty("utf8Hex", out var hex) ? Convert.FromHexString(hex.GetString()!) : Encoding.UTF8.GetBytes(row.GetProperty("json").GetString()!);
        if (expect.TryGetProperty("error", out _))
        {
            var refused = Assert.Throws<EventReadException>(() => Read(row, text));
            Assert.StartsWith("$", refused.Path, StringComparison.Ordinal);
            return;
        }

        var (json, refusal) = Write(row, Read(row, text));
        if (expect.TryGetProperty("rewriteError", out _))
        {
            Assert.NotNull(refusal);
            return;
        }

        Assert.True(refusal is null || IsAboutText(refusal), refusal?.Reason);
        Assert.Equal(expect.GetProperty("rewritten").GetString(), json);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Declaring(string id)
    {
        var row = StreamVectors.Json[id];
        var errors = DeclaredEvents.Rules(row).Where(rule => rule.Severity == DiagnosticSeverity.Error).Select(rule => rule.ToString()).ToArray();
        var expect = row.GetProperty("expect");
        if (!expect.TryGetProperty("error", out _) || s_listedSince.Contains(id))
        {
            Assert.Empty(errors);
            return;
        }

        Assert.NotEmpty(errors);
        if (expect.TryGetProperty("member", out var member))
        {
            Assert.Contains(errors, error => error.Contains($" {member.GetString()} is of type ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_other_declaration_is_refused()
    {
        var refused = StreamVectors.Json.Rows.Where(row => row.TryGetProperty("declaration", out _) && !row.GetProperty("op").ValueEquals("declare"))
            .SelectMany(DeclaredEvents.Rules).Where(rule => rule.Severity == DiagnosticSeverity.Error);
        Assert.Empty(refused);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Naming(string id)
    {
        var row = StreamVectors.Json[id];
        var text = row.GetProperty("text").GetString()!;
        var expect = row.GetProperty("expect");
        Assert.Equal(expect.GetProperty("camel").GetString(), JsonNames.Camel(text));
        Assert.Equal(expect.GetProperty("snake").GetString(), JsonNames.Snake(text));
        Assert.Equal(expect.GetProperty("kebab").GetString(), JsonNames.Kebab(text));
    }

    // What JSON can hold and databases cannot is refused by a put; the rows say what was observed without that check.
    private static bool IsAboutText(BodyRefusal refusal) => refusal.Reason is StorableText.Zero or StorableText.LoneSurrogate;

    private static (string Json, BodyRefusal? Refusal) Write(JsonElement row, object? value) =>
        ((string, BodyRefusal?))Invoke(s_writeMethod, row, value)!;

    private static object? Read(JsonElement row, byte[] text) => Invoke(s_readMethod, row, text);

    private static object? Invoke(MethodInfo method, JsonElement row, object? argument) =>
        method.MakeGenericMethod(DeclaredEvents.Type(row)).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [argument], culture: null);

    private static (string Json, BodyRefusal? Refusal) WriteAs<T>(T value)
        where T : IEventBody<T>
    {
        using var buffer = new BodyBuffer();
        var refusal = buffer.Write(value, maxBytes: 1 << 20);
        if (refusal is null || !IsAboutText(refusal))
        {
            return (Encoding.UTF8.GetString(buffer.Written.Span), refusal);
        }

        buffer.WriteUnchecked(value);
        return (Encoding.UTF8.GetString(buffer.Written.Span), refusal);
    }

    private static T? ReadAs<T>(byte[] text)
        where T : IEventBody<T> => BodyText.Read<T>(text);
}
