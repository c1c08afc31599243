using ProvableSec.Analytics.Queries;

namespace ProvableSec.Report.Output;

/// <summary>Writes what Athena needs as one script; Athena runs a statement at a time.</summary>
internal static class AthenaOutput
{
    /// <summary>What a query costs, for whoever reads the script before anything else (Amazon Athena pricing).</summary>
    private const string Cost =
        "-- Athena costs 5 US dollars per terabyte read (us-east-1, list price of 2026), at least 10 MB a query. A condition on the columns that folders tell\n"
            + "-- limits a query to those folders.\n";

    public static void Write(AthenaScript script, string database, TextWriter output)
    {
        output.WriteLine(Cost);
        output.WriteLine($"CREATE DATABASE IF NOT EXISTS `{database}`;\n");
        foreach ((_, string sql) in script.Tables.Concat(script.Views))
        {
            output.WriteLine(sql + ";\n");
        }

        foreach ((string name, string says, string sql) in script.Queries)
        {
            output.WriteLine($"-- {name}: {says}\n{sql};\n");
        }
    }
}
