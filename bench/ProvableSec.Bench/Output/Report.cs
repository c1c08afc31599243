using System.Globalization;
using System.Text.Json;

namespace ProvableSec.Bench.Output;

/// <summary>Collects the figures and, where there is a table, prints each as it comes: some parts take minutes.</summary>
internal sealed class Report
{
    private readonly Machine machine;
    private readonly TextWriter? table;
    private readonly List<Figure> figures = [];
    private readonly List<(string Part, string Text)> remarks = [];
    private string part = "";

    public Report(Machine machine, TextWriter? table)
    {
        this.machine = machine;
        this.table = table;
        table?.WriteLine(machine);
    }

    /// <summary>Whether some answer was wrong.</summary>
    public bool HasFaults { get; private set; }

    public void Begin(string name)
    {
        part = name;
        table?.WriteLine();
        table?.WriteLine(name);
    }

    public void Add(string name, double? value, string unit, string? note = null) => Add(new Figure(part, name, value, unit, null, null, note));

    public void AddAtLeast(string name, double value, string unit, double target, string? note = null) =>
        Add(new Figure(part, name, value, unit, $">= {Text(target)}", value >= target, note));

    public void AddAtMost(string name, double value, string unit, double target, string? note = null) =>
        Add(new Figure(part, name, value, unit, $"<= {Text(target)}", value <= target, note));

    /// <summary>Something to know that is not a number, such as what is missing here.</summary>
    public void Remark(string text)
    {
        remarks.Add((part, text));
        table?.WriteLine($"  {text}");
    }

    /// <summary>Something that must not be.</summary>
    public void Fault(string text)
    {
        HasFaults = true;
        Remark("WRONG: " + text);
    }

    public void WriteJson(Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("machine");
        json.WriteString("processor", machine.Processor);
        json.WriteNumber("cores", machine.Cores);
        json.WriteString("system", machine.System);
        json.WriteString("runtime", machine.Runtime);
        json.WriteEndObject();
        json.WriteStartArray("figures");
        foreach (Figure figure in figures)
        {
            json.WriteStartObject();
            json.WriteString("part", figure.Part);
            json.WriteString("name", figure.Name);
            if (figure.Value is { } value)
            {
                json.WriteNumber("value", value);
            }
            else
            {
                json.WriteNull("value");
            }

            json.WriteString("unit", figure.Unit);
            if (figure.Target is not null)
            {
                json.WriteString("target", figure.Target);
                json.WriteBoolean("met", figure.IsMet == true);
            }

            if (figure.Note is not null)
            {
                json.WriteString("note", figure.Note);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("remarks");
        foreach ((string from, string text) in remarks)
        {
            json.WriteStartObject();
            json.WriteString("part", from);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("faults", HasFaults);
        json.WriteEndObject();
    }

    private void Add(Figure figure)
    {
        figures.Add(figure);
        string target = figure.Target is null ? "" : $"target {figure.Target}: {(figure.IsMet == true ? "met" : "missed")}";
        table?.WriteLine(
            $"  {figure.Name,-44} {(figure.Value is { } value ? Text(value) : "-"),12} {figure.Unit,-12} {string.Join("; ", new[] { target, figure.Note }.Where(s => !string.IsNullOrEmpty(s)))}".TrimEnd());
    }

    private static string Text(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 10 => value.ToString("0.###", CultureInfo.InvariantCulture),
        < 1000 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
