using System.Globalization;
using System.Text;
using Courier.ApiSimulator.Http;

namespace Courier.ApiSimulator.Resources;

/// <summary>Every report id has the same content: a CSV, or a one-page PDF when the name ends in <c>.pdf</c>.</summary>
internal sealed class Reports(IEnumerable<string> domains)
{
    private readonly Answer _csv = Answer.Text(200, Csv(domains), "text/csv; charset=utf-8");
    private readonly Answer _pdf = new(200, Pdf(), "application/pdf");

    public Answer Get(string name) => name.EndsWith(".pdf", StringComparison.Ordinal) ? _pdf : _csv;

    private static string Csv(IEnumerable<string> domains)
    {
        StringBuilder text = new("domain,name,score,grade\r\n");
        foreach (Company company in domains.Select(Company.Of))
            text.Append(CultureInfo.InvariantCulture, $"{company.Domain},{company.Name},{company.Score},{company.Grade}\r\n");
        return text.ToString();
    }

    // The smallest file that a viewer opens. Latin-1 makes one byte of each character, so that lengths are offsets.
    private static byte[] Pdf()
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length 48 >>\nstream\nBT /F1 24 Tf 72 700 Td (Simulated report  ) Tj ET\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        StringBuilder file = new("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        StringBuilder offsets = new("0000000000 65535 f \n");
        for (int i = 0; i < objects.Length; i++)
        {
            offsets.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 6\n{offsets}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
