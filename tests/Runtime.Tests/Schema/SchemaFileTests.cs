using System.Text;
using System.Text.Json;
using Typed.Schema;
using Typed.Schema.Shapes;
using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Schema;

public sealed class SchemaFileTests
{
    private static readonly SchemaFile s_file = new(
        [
            new("shop.page_views", "CamelCase", Infer("""{"url":"/","browser":{"version":26},"tags":["a",1]}""")),
            new("audit", "AsDeclared", Infer("""{"Who":null}""")),
        ],
        [
            new("response_time", "Histogram", "Milliseconds Double", ["Route String"], [new("day", "daily by 1h in Europe/Paris"), new("minute", "1m")]),
            new("raw", "Series", "Value Decimal", [], []),
        ]);

    [Fact]
    public void One_fact_a_line_in_order_of_name() => Assert.Equal(
        """
        {
          "$schema": "https://raw.githubusercontent.com/typed-net/typed/main/src/Runtime/Schema/typed.schema.v1.json",
          "version": 1,
          "streams": {
            "audit": {
              "naming": "AsDeclared",
              "schema": {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object",
                "properties": {
                  "Who": {
                    "type": "null"
                  }
                },
                "required": [
                  "Who"
                ]
              }
            },
            "shop.page_views": {
              "naming": "CamelCase",
              "schema": {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object",
                "properties": {
                  "browser": {
                    "type": "object",
                    "properties": {
                      "version": {
                        "type": "integer"
                      }
                    },
                    "required": [
                      "version"
                    ]
                  },
                  "tags": {
                    "type": "array",
                    "items": {
                      "type": ["integer", "string"]
                    }
                  },
                  "url": {
                    "type": "string"
                  }
                },
                "required": [
                  "browser",
                  "tags",
                  "url"
                ]
              }
            }
          },
          "series": {
            "raw": {
              "type": "Series",
              "value": "Value Decimal",
              "keys": [],
              "intervals": []
            },
            "response_time": {
              "type": "Histogram",
              "value": "Milliseconds Double",
              "keys": [
                "Route String"
              ],
              "intervals": [
                "minute: 1m",
                "day: daily by 1h in Europe/Paris"
              ]
            }
          }
        }

        """,
        SchemaFileWriter.Write(s_file));

    [Fact]
    public void What_is_written_is_read_and_written_again()
    {
        var text = SchemaFileWriter.Write(s_file);
        var read = SchemaFileReader.Read(text);

        Assert.Empty(read.Problems);
        Assert.Equal(s_file.Streams, read.File.Streams);
        Assert.Equal(text, SchemaFileWriter.Write(read.File));
        Assert.Empty(SchemaFileReader.Read("\uFEFF" + text.ReplaceLineEndings("\r\n")).Problems);
    }

    [Fact]
    public void Nothing_at_all() => Assert.Equal(SchemaFileWriter.Write(SchemaFile.Empty), SchemaFileWriter.Write(SchemaFileReader.Read(SchemaFileWriter.Write(SchemaFile.Empty)).File));

    // Whatever a schema says that nobody here wrote: it is canonical after reading.
    [Theory]
    [InlineData("""{"description":"x","type":["string","null"],"minLength":3}""", """{"type":["null","string"]}""")]
    [InlineData("""{"type":"string","enum":["\u0041\u00e9\n\"\\\/"]}""", """{"type":"string","enum":["A\u00E9\n\u0022\\/"]}""")]
    [InlineData("true", "{}")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"},{"type":"null"}]}""", """{"type":["null","integer","string"]}""")]
    [InlineData("""{"enum":["b","a",null]}""", """{"type":"string","enum":["a","b"]}""")]
    [InlineData("""{"type":["null","string"],"enum":["b","a",null]}""", """{"type":["null","string"],"enum":["a","b",null]}""")]
    [InlineData("""{"required":["x"],"properties":{}}""", """{"type":"object","properties":{"x":{}},"required":["x"]}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"type":"object","properties":{},"required":[]}""")]
    [InlineData("""{"anyOf":[{"type":"null"},{"$ref":"#/properties/a"}]}""", """{"anyOf":[{"type":"null"},{"$ref":"#/properties/a"}]}""")]
    [InlineData("""{"type":["integer","number"]}""", """{"type":"number"}""")]
    public void Schemas_of_other_hands(string written, string canonical)
    {
        var read = SchemaFileReader.Read("""{"version":1,"streams":{"s":{"naming":"CamelCase","schema":{"type":"object","properties":{"a":@},"required":[]}}}}""".Replace("@", written, StringComparison.Ordinal));

        Assert.Empty(read.Problems);
        Assert.Equal(
            $$$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"a":{{{canonical}}}},"required":[]}""",
            Assert.Single(read.File.Streams).Schema);
    }

    [Theory]
    [InlineData("", "(1,1)", "is empty")]
    [InlineData(" \n\n", "(1,1)", "is empty")]
    [InlineData("hello", "(1,1)", "no JSON")]
    [InlineData("[1]", "(1,1)", "no schema file")]
    [InlineData("{\n  \"version\": 2,\n  \"streams\": {}\n}", "(2,14)", "update Typed")]
    [InlineData("{\n  \"version\": \"x\"\n}", "(2,14)", "no format version")]
    [InlineData("{\n  \"streams\": {}\n}", "(1,1)", "no format version")]
    [InlineData("{\n  \"version\": 1,\n  \"streams\": []\n}", "(3,14)", "object with a member")]
    [InlineData("{\n  \"version\": 1\n", "(3,1)", "the text ends")]
    public void Files_that_are_none(string text, string place, string reason)
    {
        var problem = Assert.Single(SchemaFileReader.Read(text).Problems);

        Assert.StartsWith(SchemaFile.Name + place, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"type\": \"Count\"", "\"type\": \"Counts\"", "no type of series")]
    [InlineData("\"type\": \"Count\"", "\"type\": Count", "no JSON")]
    [InlineData("\"type\": \"Count\"", "\"type\": \"Count", "no JSON")]
    [InlineData("\"type\": \"Count\"", "\"type\": 3", "is a text")]
    [InlineData("\"type\": \"Count\",", "\"type\": \"Count\"", "no JSON")]
    [InlineData("hour: 1h", "hour: 1x", "no interval")]
    [InlineData("\"hits\": {", "\"hits\": [", "no JSON")]
    [InlineData("\"A String\"", "\"A String\",", "no JSON")]
    [InlineData("\"keys\": [\n", "\"keys\": {\n", "no JSON")]
    public void One_broken_entry_leaves_the_others(string good, string bad, string reason)
    {
        const string Text = """
            {
              "version": 1,
              "series": {
                "before": { "type": "Gauge", "value": "V Int64", "keys": [], "intervals": [] },
                "hits": {
                  "type": "Count",
                  "value": "Value Int64",
                  "keys": [
                    "A String"
                  ],
                  "intervals": [
                    "hour: 1h"
                  ]
                },
                "later": { "type": "Gauge", "value": "V Int64", "keys": [], "intervals": [] }
              },
              "streams": {
                "views": { "naming": "CamelCase", "schema": { "type": "object" } }
              }
            }
            """;
        Assert.Equal(3, SchemaFileReader.Read(Text).File.Series.Count);
        var broken = Text.Replace(good, bad, StringComparison.Ordinal);

        var read = SchemaFileReader.Read(broken);

        var problem = Assert.Single(read.Problems);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Line, 5, 13);
        Assert.Equal(["before", "later"], read.File.Series.Select(series => series.Name));
        Assert.Equal("views", Assert.Single(read.File.Streams).Name);
    }

    [Fact]
    public void Entries_that_are_twice_and_a_comma_that_is_missing()
    {
        var text = SchemaFileWriter.Write(s_file);
        var twice = SchemaFileReader.Read(text.Replace("\"audit\"", "\"shop.page_views\"", StringComparison.Ordinal));
        Assert.Contains("stands twice", Assert.Single(twice.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("AsDeclared", Assert.Single(twice.File.Streams).Naming);
        var lists = SchemaFileReader.Read(text.Replace("\"series\":", "\"streams\":", StringComparison.Ordinal));
        Assert.Contains("\"streams\" stands twice in the file", Assert.Single(lists.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(2, lists.File.Streams.Count);

        var missing = SchemaFileReader.Read(text.Replace("    },\n    \"shop", "    }\n    \"shop", StringComparison.Ordinal));
        Assert.Contains("a comma or }", Assert.Single(missing.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(2, missing.File.Streams.Count);
    }

    [Fact]
    public void Conflict_markers_are_one_problem_and_one_side_is_read()
    {
        var text = SchemaFileWriter.Write(s_file);
        var conflict = text.Replace(
            "      \"naming\": \"AsDeclared\",\n",
            "<<<<<<< HEAD\n      \"naming\": \"AsDeclared\",\n||||||| base\n      \"naming\": \"X\",\n=======\n      \"naming\": \"Other\",\n>>>>>>> branch\n",
            StringComparison.Ordinal);

        var read = SchemaFileReader.Read(conflict);

        var problem = Assert.Single(read.Problems);
        Assert.Equal((6, 1), (problem.Line, problem.Column));
        Assert.Contains("conflict markers", problem.Message, StringComparison.Ordinal);
        Assert.Equal(s_file.Streams, read.File.Streams);
    }

    [Fact]
    public void The_schema_of_the_file_is_valid_JSON_and_names_its_parts()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "src/Runtime/Schema/typed.schema.v1.json")));

        Assert.Equal(SchemaFile.Dialect, schema.RootElement.GetProperty("$id").GetString());
        Assert.Equal(["$schema", "version", "streams", "series"], schema.RootElement.GetProperty("properties").EnumerateObject().Select(one => one.Name));
        Assert.Equal(Enum.GetNames<SeriesType>(), SeriesShape.Types);
        Assert.Equal(
            Enum.GetNames<SeriesType>(),
            schema.RootElement.GetProperty("$defs").GetProperty("series").GetProperty("properties").GetProperty("type").GetProperty("enum").EnumerateArray().Select(one => one.GetString()));
    }

    private static string Infer(string text)
    {
        var inference = new SchemaInference();
        inference.Add(Encoding.UTF8.GetBytes(text));
        return inference.ToText()!;
    }
}
