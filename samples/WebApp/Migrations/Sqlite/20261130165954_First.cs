using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebApp.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "meter_count_day",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_count_day", x => new { x.meter, x.instrument, x.tags, x.bucket });
                },
                comment: "type: Count; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: daily");

            migrationBuilder.CreateTable(
                name: "meter_count_hour",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_count_hour", x => new { x.meter, x.instrument, x.tags, x.bucket });
                },
                comment: "type: Count; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: 1h");

            migrationBuilder.CreateTable(
                name: "meter_count_minute",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_count_minute", x => new { x.meter, x.instrument, x.tags, x.bucket });
                },
                comment: "type: Count; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: 1m");

            migrationBuilder.CreateTable(
                name: "meter_gauge_day",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_gauge_day", x => new { x.meter, x.instrument, x.tags, x.bucket });
                },
                comment: "type: Gauge; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: daily");

            migrationBuilder.CreateTable(
                name: "meter_gauge_hour",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_gauge_hour", x => new { x.meter, x.instrument, x.tags, x.bucket });
                },
                comment: "type: Gauge; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: 1h");

            migrationBuilder.CreateTable(
                name: "meter_gauge_minute",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_gauge_minute", x => new { x.meter, x.instrument, x.tags, x.bucket });
                },
                comment: "type: Gauge; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: 1m");

            migrationBuilder.CreateTable(
                name: "meter_histogram_day",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_histogram_day", x => new { x.meter, x.instrument, x.tags, x.bucket, x.value });
                },
                comment: "type: Histogram; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: daily");

            migrationBuilder.CreateTable(
                name: "meter_histogram_hour",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_histogram_hour", x => new { x.meter, x.instrument, x.tags, x.bucket, x.value });
                },
                comment: "type: Histogram; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: 1h");

            migrationBuilder.CreateTable(
                name: "meter_histogram_minute",
                columns: table => new
                {
                    meter = table.Column<string>(type: "TEXT", nullable: false),
                    instrument = table.Column<string>(type: "TEXT", nullable: false),
                    tags = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_histogram_minute", x => new { x.meter, x.instrument, x.tags, x.bucket, x.value });
                },
                comment: "type: Histogram; keys: Meter String, Instrument String, Tags String; value: Value Double; interval: 1m");

            migrationBuilder.CreateTable(
                name: "order",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @namespace = table.Column<string>(name: "namespace", type: "TEXT", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 1),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_order", x => new { x.@namespace, x.id });
                },
                comment: "type: EventStream; stream: order; body: Jsonb; follow: False; naming: CamelCase");

            migrationBuilder.CreateTable(
                name: "request_duration_day",
                columns: table => new
                {
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    milliseconds = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_duration_day", x => new { x.route, x.method, x.status, x.bucket, x.milliseconds });
                },
                comment: "type: Histogram; keys: Route String, Method String, Status String; value: Milliseconds Double; interval: daily");

            migrationBuilder.CreateTable(
                name: "request_duration_hour",
                columns: table => new
                {
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    milliseconds = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_duration_hour", x => new { x.route, x.method, x.status, x.bucket, x.milliseconds });
                },
                comment: "type: Histogram; keys: Route String, Method String, Status String; value: Milliseconds Double; interval: 1h");

            migrationBuilder.CreateTable(
                name: "request_duration_minute",
                columns: table => new
                {
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    milliseconds = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_duration_minute", x => new { x.route, x.method, x.status, x.bucket, x.milliseconds });
                },
                comment: "type: Histogram; keys: Route String, Method String, Status String; value: Milliseconds Double; interval: 1m");

            migrationBuilder.CreateTable(
                name: "sale_day",
                columns: table => new
                {
                    item = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    sum = table.Column<decimal>(type: "TEXT", nullable: false),
                    min = table.Column<decimal>(type: "TEXT", nullable: false),
                    max = table.Column<decimal>(type: "TEXT", nullable: false),
                    squared_deviations = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sale_day", x => new { x.item, x.bucket });
                },
                comment: "type: Summary; keys: Item String; value: Price Decimal; interval: daily");

            migrationBuilder.CreateTable(
                name: "sale_hour",
                columns: table => new
                {
                    item = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    sum = table.Column<decimal>(type: "TEXT", nullable: false),
                    min = table.Column<decimal>(type: "TEXT", nullable: false),
                    max = table.Column<decimal>(type: "TEXT", nullable: false),
                    squared_deviations = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sale_hour", x => new { x.item, x.bucket });
                },
                comment: "type: Summary; keys: Item String; value: Price Decimal; interval: 1h");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "meter_count_day");

            migrationBuilder.DropTable(
                name: "meter_count_hour");

            migrationBuilder.DropTable(
                name: "meter_count_minute");

            migrationBuilder.DropTable(
                name: "meter_gauge_day");

            migrationBuilder.DropTable(
                name: "meter_gauge_hour");

            migrationBuilder.DropTable(
                name: "meter_gauge_minute");

            migrationBuilder.DropTable(
                name: "meter_histogram_day");

            migrationBuilder.DropTable(
                name: "meter_histogram_hour");

            migrationBuilder.DropTable(
                name: "meter_histogram_minute");

            migrationBuilder.DropTable(
                name: "order");

            migrationBuilder.DropTable(
                name: "request_duration_day");

            migrationBuilder.DropTable(
                name: "request_duration_hour");

            migrationBuilder.DropTable(
                name: "request_duration_minute");

            migrationBuilder.DropTable(
                name: "sale_day");

            migrationBuilder.DropTable(
                name: "sale_hour");
        }
    }
}
