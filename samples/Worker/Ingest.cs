using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Worker;

/// <summary>Reads a file of JSON lines as fast as the database takes them, and says how far it is.</summary>
internal sealed class Ingest(Measurement.Handle measurements, IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int ProgressEvery = 100_000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>An insert of an async stream commits every 5 000 lines, and reads the next while they are written.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var file = configuration["file"] ?? throw new InvalidOperationException("Name the file to read: --file measurements.ndjson");
        var result = await measurements.InsertAsync(ReadAsync(file), stoppingToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Stored} measurements are stored."));
        lifetime.StopApplication();
    }

    private static async IAsyncEnumerable<Measurement> ReadAsync(string file)
    {
        var read = 0;
        await foreach (var line in File.ReadLinesAsync(file))
        {
            if (line.Length == 0)
            {
                continue;
            }

            yield return JsonSerializer.Deserialize<Measurement>(line, s_json)!;
            if (++read % ProgressEvery == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read} lines"));
            }
        }
    }
}
