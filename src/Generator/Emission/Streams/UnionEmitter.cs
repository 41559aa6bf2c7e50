using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>
/// Emits the methods that read and write a class or interface that others may stand for: which one it is, is asked of the instance when it is written,
/// and of the discriminator when it is read.
/// </summary>
internal static class UnionEmitter
{
    private const string Text = "global::System.Text.Json.JsonEncodedText";

    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var union = body.Types[index].Union!;
        if (union.HasDiscriminator)
        {
            var cases = string.Concat(union.Cases.Select(one => ", " + (Discriminator(one) ?? "null")));
            writer.Line($"private static readonly {Text} Discriminator_{index} = {Text}.Encode({CSharp.Literal(union.Discriminator)});");
            var arguments = $"{CSharp.Literal(union.Discriminator)}, {CSharp.Literal(union.IgnoresUnknown)}{cases}";
            writer.Line($"private static readonly {ValueEmitter.Runtime}BodyUnion Union_{index} = new({arguments});").Line();
        }

        WriteWriter(writer, body, index);
        WriteReader(writer, body, index);
    }

    private static void WriteWriter(SourceWriter writer, BodyModel body, int index)
    {
        var (type, union) = (body.Types[index], body.Types[index].Union!);
        ValueEmitter.OpenWriter(writer, body, index);
        if (index == 0)
        {
            writer.Block("if (value is null)", none => none.Line("writer.Null();").Line("return;")).Line();
        }

        // Classes further down come first, so that an instance is found as the nearest one.
        foreach (var one in union.Cases.Where(one => !one.IsBase || union.Unknown == UnknownDerived.FailSerialization))
        {
            var condition = union.Unknown == UnknownDerived.FallBackToNearestAncestor ? $"value is {body.Types[one.Type].Name}" : Is(body, one.Type);
            WriteIf(writer, condition, WriteCase(body, index, one));
        }

        var self = union.Cases.FirstOrDefault(one => one.IsBase) ?? (union.Base < 0 ? null : new BodyCase(union.Base, Text: null, Number: null, IsBase: true));
        if (self is not null && union.Unknown != UnknownDerived.FailSerialization)
        {
            writer.Line(WriteCase(body, index, self)).Close().Line();
            return;
        }

        if (self is not null && !union.Cases.Contains(self))
        {
            WriteIf(writer, Is(body, self.Type), WriteCase(body, index, self));
        }

        writer.Line($"writer.Refuse($\"a {{value.GetType()}}, which no [JsonDerivedType] of {{typeof({type.Name}).Name}} names\");").Close().Line();
    }

    private static string Is(BodyModel body, int index) => $"value.GetType() == typeof({body.Types[index].Name})";

    private static void WriteIf(SourceWriter writer, string condition, string write) =>
        writer.Block($"if ({condition})", block => block.Line(write).Line("return;")).Line();

    private static string WriteCase(BodyModel body, int index, BodyCase one)
    {
        var value = $"({body.Types[one.Type].Name})value";
        return Discriminator(one) is not { } discriminator ? $"Write_{one.Type}(writer, {value});"
            : $"writer.StartObject(); writer.Name(Discriminator_{index}); writer.Value({discriminator}); "
                + $"Members_{one.Type}(writer, {value}); writer.EndObject();";
    }

    private static string? Discriminator(BodyCase one) =>
        one.Text is { } text ? CSharp.Literal(text) : one.Number is { } number ? CSharp.Literal(number) : null;

    private static void WriteReader(SourceWriter writer, BodyModel body, int index)
    {
        var union = body.Types[index].Union!;
        writer.Open($"public static {body.Types[index].Name} Read_{index}({ValueEmitter.Reader})");
        if (union.HasDiscriminator)
        {
            writer.Open($"switch (Union_{index}.Find(ref reader))");
            for (var i = 0; i < union.Cases.Count; i++)
            {
                writer.Line(SourceWriter.When(union.Cases[i].HasDiscriminator, $"case {i}: return {Read(body, union, union.Cases[i].Type)};"));
            }

            writer.Close().Line();
        }

        writer.Line(union.Base >= 0 ? $"return {Read(body, union, union.Base)};"
            : union.HasDiscriminator ? $"throw Union_{index}.Missing(ref reader);"
            : $"throw new global::System.NotSupportedException({CSharp.Literal($"{body.Types[index].Name} has no instances, and no discriminators.")});");
        writer.Close().Line();
    }

    private static string Read(BodyModel body, BodyUnion union, int index) =>
        union.HasDiscriminator && body.IsCase(index) && body.Types[index].Object!.Extension is not null
        ? $"Read_{index}(ref reader, {CSharp.Literal(union.Discriminator)})"
        : $"Read_{index}(ref reader)";
}
