using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Analytics.Queries;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Report.Output;

/// <summary>Writes what Athena needs down.</summary>
internal static class AthenaOutput
{
    /// <summary>Queries read no more than this: at 5 US dollars a terabyte (Amazon Athena pricing, us-east-1, 2026) five cents.</summary>
    private const long MostBytesOfQuery = 10L << 30;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>One script; Athena runs a statement at a time.</summary>
    public static void WriteSql(AthenaScript script, string database, TextWriter output)
    {
        output.WriteLine($"CREATE DATABASE IF NOT EXISTS `{database}`;\n");
        output.WriteLine(script.Table + ";\n");
        foreach ((_, string view) in script.Views)
        {
            output.WriteLine(view + ";\n");
        }

        foreach ((string name, string says, string query) in script.Queries)
        {
            output.WriteLine($"-- {name}: {says}\n{query};\n");
        }
    }

    /// <summary>
    /// A template of CloudFormation: the database, a workgroup that limits what a query reads, and named queries for the table, the views and the questions.
    /// The first
    /// ones are run once, in their order; CloudFormation itself runs nothing.
    /// </summary>
    public static void WriteTemplate(AthenaScript script, string title, string database, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, Options))
        {
            json.WriteStartObject();
            json.WriteString("AWSTemplateFormatVersion", "2010-09-09");
            json.WriteString("Description", $"{title} in Athena: a database, a workgroup and named queries, by provablesec report athena");
            json.WriteStartObject("Parameters");
            json.WriteStartObject("ResultLocation");
            json.WriteString("Type", "String");
            json.WriteString("Description", "Where Athena puts answers: s3://bucket/prefix/");
            json.WriteString("AllowedPattern", "^s3://.+$");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("Resources");
            WriteDatabase(json, database);
            WriteWorkGroup(json, database);
            int number = 0;
            WriteQuery(json, database, number++, "table", "Run once, first", script.Table);
            foreach ((string name, string view) in script.Views)
            {
                WriteQuery(json, database, number, $"view {number:00} {name}", "Run once, in this order", view);
                number++;
            }

            foreach ((string name, string says, string query) in script.Queries)
            {
                WriteQuery(json, database, number++, name, says, query);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }

    private static void WriteDatabase(Utf8JsonWriter json, string database)
    {
        json.WriteStartObject("Database");
        json.WriteString("Type", "AWS::Glue::Database");
        json.WriteStartObject("Properties");
        json.WriteStartObject("CatalogId");
        json.WriteString("Ref", "AWS::AccountId");
        json.WriteEndObject();
        json.WriteStartObject("DatabaseInput");
        json.WriteString("Name", database);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteWorkGroup(Utf8JsonWriter json, string database)
    {
        json.WriteStartObject("WorkGroup");
        json.WriteString("Type", "AWS::Athena::WorkGroup");
        json.WriteStartObject("Properties");
        json.WriteString("Name", database);
        json.WriteStartObject("WorkGroupConfiguration");
        json.WriteBoolean("EnforceWorkGroupConfiguration", true);
        json.WriteNumber("BytesScannedCutoffPerQuery", MostBytesOfQuery);
        json.WriteStartObject("ResultConfiguration");
        json.WriteStartObject("OutputLocation");
        json.WriteString("Ref", "ResultLocation");
        json.WriteEndObject();
        json.WriteStartObject("EncryptionConfiguration");
        json.WriteString("EncryptionOption", "SSE_S3");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, string database, int number, string name, string says, string query)
    {
        json.WriteStartObject($"Query{number:00}");
        json.WriteString("Type", "AWS::Athena::NamedQuery");
        json.WriteStartArray("DependsOn");
        json.WriteStringValue("Database");
        json.WriteStringValue("WorkGroup");
        json.WriteEndArray();
        json.WriteStartObject("Properties");
        json.WriteString("Database", database);
        json.WriteString("WorkGroup", database);
        json.WriteString("Name", name);
        json.WriteString("Description", says);
        json.WriteString("QueryString", query);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
