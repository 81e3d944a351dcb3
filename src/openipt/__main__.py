from openipt.cli import main

if __name__ == "__main__":
    main()
