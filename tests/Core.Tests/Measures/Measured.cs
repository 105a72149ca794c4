using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Courier.Measures;

namespace Courier.Tests.Measures;

/// <summary>Hears all that is measured, as an exporter does.</summary>
internal sealed class Measured : IDisposable
{
    private readonly ConcurrentQueue<Instrument> _instruments = new();
    private readonly ConcurrentQueue<(string Name, double Number, KeyValuePair<string, object?>[] Tags)> _values = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans = new()
    {
        ShouldListenTo = source => source.Name == Instruments.Name,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Measured()
    {
        ActivitySource.AddActivityListener(_spans);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != Instruments.Name)
                return;
            _instruments.Enqueue(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, number, tags, _) => _values.Enqueue((instrument.Name, number, tags.ToArray())));
        _meters.SetMeasurementEventCallback<int>((instrument, number, tags, _) => _values.Enqueue((instrument.Name, number, tags.ToArray())));
        _meters.SetMeasurementEventCallback<double>((instrument, number, tags, _) => _values.Enqueue((instrument.Name, number, tags.ToArray())));
        _meters.Start();
    }

    public IEnumerable<Instrument> Published => _instruments;

    /// <summary>What was counted since this began, and what the gauges show now.</summary>
    public IReadOnlyList<(string Name, double Number, KeyValuePair<string, object?>[] Tags)> Values
    {
        get
        {
            _meters.RecordObservableInstruments();
            return [.. _values];
        }
    }

    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }
}
